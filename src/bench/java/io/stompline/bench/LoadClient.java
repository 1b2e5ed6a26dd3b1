package io.stompline.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * One connection of the load generator: a client of STOMP 1.2 that costs little itself.
 *
 * <p>Frames may come in any cut. It takes for granted that no body holds a NUL. One thread at a time.
 */
final class LoadClient implements LoadWay.Receiver {
    private static final String ACK = "\nack:";

    /** Takes MESSAGE frames. */
    interface Receiver {
        /** The frame, without NUL, lies in {@code bytes} from {@code start} to {@code end} during this call. */
        void message(LoadClient client, byte[] bytes, int start, int end);
    }

    /**
     * What a client subscribes to as soon as it is connected.
     *
     * @param compressed whether the client offers to take compressed messages
     * @param bodyOctets length of every body there
     */
    record Interest(String destination, boolean acknowledges, boolean compressed, int bodyOctets, Receiver receiver) {
        /** Of a client that takes messages as they are. */
        Interest(String destination, boolean acknowledges, int bodyOctets, Receiver receiver) {
            this(destination, acknowledges, false, bodyOctets, receiver);
        }
    }

    private final LoadWay way;
    private final Endpoint server;
    private final Optional<Interest> interest;
    private final Runnable whenReady;

    private boolean ready;
    private long receipts;

    /** The begin of a frame whose end has not come yet. */
    private byte[] unfinished = {};

    LoadClient(LoadLoop loop, Endpoint server, Optional<Interest> interest, Runnable whenReady) {
        this.way = server.way()
                .connection(
                        loop, server, this, interest.map(Interest::compressed).orElse(false));
        this.server = server;
        this.interest = interest;
        this.whenReady = whenReady;
    }

    LoadWay way() {
        return way;
    }

    /** Where messages come. */
    LoadSocket socket() {
        return way.socket();
    }

    /** How many it has got since it is ready. */
    long receipts() {
        return receipts;
    }

    /** Sends a frame as a WebSocket message, or a request, of its own. */
    void send(byte[] frame) {
        way.send(frame);
    }

    /** Sends a heart-beat if it is ready. */
    void beat() {
        if (ready) {
            send("\n");
        }
    }

    /** Acknowledges a message, given as in {@link Receiver#message}. */
    void acknowledge(byte[] bytes, int start, int end) {
        String message = new String(bytes, start, end - start, StandardCharsets.US_ASCII);
        int id = message.indexOf(ACK) + ACK.length();
        // As it came, escapes and all.
        send("ACK\nid:" + message.substring(id, message.indexOf('\n', id)) + "\n\n\0");
    }

    @Override
    public void opened() {
        send("CONNECT\naccept-version:1.2\nhost:/\nlogin:" + server.login() + "\npasscode:" + server.passcode() + "\n"
                + server.heartBeats().header() + "\n\n\0");
    }

    @Override
    public void message(byte[] bytes, int start, int end) throws IOException {
        if (unfinished.length == 0) {
            readFrames(bytes, start, end);
        } else {
            byte[] joined = Arrays.copyOf(unfinished, unfinished.length + end - start);
            System.arraycopy(bytes, start, joined, unfinished.length, end - start);
            unfinished = new byte[0];
            readFrames(joined, 0, joined.length);
        }
    }

    private void readFrames(byte[] bytes, int start, int end) throws IOException {
        int next = start;
        while (next < end) {
            if (bytes[next] == '\n' || bytes[next] == '\r') {
                next++;
                continue;
            }
            int nul = findNul(bytes, next, end);
            if (nul >= end) {
                unfinished = Arrays.copyOfRange(bytes, next, end);
                return;
            }
            readFrame(bytes, next, nul);
            next = nul + 1;
        }
    }

    /** Where the frame at {@code start} ends; {@code end} or more if that has not come yet. */
    private int findNul(byte[] bytes, int start, int end) {
        int nul = bytes[start] == 'M' ? start + interest.orElseThrow().bodyOctets() : start;
        while (nul < end && bytes[nul] != 0) {
            nul++;
        }
        return nul;
    }

    private void readFrame(byte[] bytes, int start, int nul) throws IOException {
        if (bytes[start] == 'M') {
            interest.orElseThrow().receiver().message(this, bytes, start, nul);
        } else if (bytes[start] == 'R' && ready) {
            receipts++;
        } else {
            answer(new String(bytes, start, nul - start, StandardCharsets.UTF_8));
        }
    }

    private void answer(String frame) throws IOException {
        boolean connected = frame.startsWith("CONNECTED\n");
        if (connected && interest.isPresent()) {
            subscribe(interest.get());
        } else if (connected || frame.startsWith("RECEIPT\n")) {
            becomeReady();
        } else {
            throw new IOException("the server said " + frame);
        }
    }

    private void subscribe(Interest wanted) {
        String ack = wanted.acknowledges() ? "client-individual" : "auto";
        send("SUBSCRIBE\nid:0\ndestination:" + wanted.destination() + "\nack:" + ack + "\nreceipt:0\n\n\0");
        if (!server.answersSubscribe()) {
            becomeReady();
        }
    }

    private void becomeReady() {
        ready = true;
        whenReady.run();
    }

    private void send(String frame) {
        send(frame.getBytes(StandardCharsets.US_ASCII));
    }
}
