package io.stompline.bench;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * One connection of the load generator: a client of STOMP 1.2 that relies on what Stompline does, to cost little itself.
 *
 * <p>It takes for granted that a WebSocket message holds whole frames and that no body holds a NUL. One thread at a time.
 */
final class LoadClient implements LoadSocket.Receiver {
    private static final String ACK = "\nack:";

    /** Takes MESSAGE frames. */
    interface Receiver {
        /** The frame, without NUL, lies in {@code bytes} from {@code start} to {@code end} during this call. */
        void message(LoadClient client, byte[] bytes, int start, int end);
    }

    /**
     * What a client subscribes to as soon as it is connected.
     *
     * @param bodyOctets length of every body there
     */
    record Interest(String destination, boolean acknowledges, int bodyOctets, Receiver receiver) {}

    private final LoadSocket socket;
    private final Optional<Interest> interest;
    private final Runnable whenReady;

    LoadClient(LoadLoop loop, SelectionKey key, Optional<Interest> interest, Runnable whenReady) {
        this.socket = new LoadSocket(loop, key, this);
        this.interest = interest;
        this.whenReady = whenReady;
    }

    LoadSocket socket() {
        return socket;
    }

    /** Sends a frame as a WebSocket message of its own. */
    void send(byte[] frame) {
        socket.send(frame);
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
        send("CONNECT\naccept-version:1.2\nhost:localhost\nlogin:user1\npasscode:user1\n\n\0");
    }

    @Override
    public void message(byte[] bytes, int start, int end) throws IOException {
        int next = start;
        while (next < end) {
            next = bytes[next] == '\n' ? next + 1 : readFrame(bytes, next);
        }
    }

    private int readFrame(byte[] bytes, int start) throws IOException {
        boolean message = bytes[start] == 'M';
        int nul = message ? start + interest.orElseThrow().bodyOctets() : start;
        while (bytes[nul] != 0) {
            nul++;
        }
        if (message) {
            interest.orElseThrow().receiver().message(this, bytes, start, nul);
        } else {
            answer(new String(bytes, start, nul - start, StandardCharsets.UTF_8));
        }
        return nul + 1;
    }

    private void answer(String frame) throws IOException {
        boolean connected = frame.startsWith("CONNECTED\n");
        if (connected && interest.isPresent()) {
            subscribe(interest.get());
        } else if (connected || frame.startsWith("RECEIPT\n")) {
            whenReady.run();
        } else {
            throw new IOException("the server said " + frame);
        }
    }

    private void subscribe(Interest wanted) {
        String ack = wanted.acknowledges() ? "client-individual" : "auto";
        send("SUBSCRIBE\nid:0\ndestination:" + wanted.destination() + "\nack:" + ack + "\nreceipt:0\n\n\0");
    }

    private void send(String frame) {
        send(frame.getBytes(StandardCharsets.US_ASCII));
    }
}
