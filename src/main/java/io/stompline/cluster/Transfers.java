package io.stompline.cluster;

import io.stompline.frame.Body;
import io.stompline.frame.Headers;
import io.stompline.routing.BusException;
import io.stompline.routing.Feed;
import io.stompline.routing.Message;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Enumeration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Brings octets from one node to another, however many they are: in parts, of which at most 4 MiB are under way. The
 * receiver says what it has taken. Without that OpenMQ (6.5.1) drops what exceeds the limit of a topic, 32 MiB here,
 * and tells nobody. Thread-safe.
 */
public final class Transfers {
    /** Octets of one message. */
    static final int PART_BYTES = 64 * 1024;

    /** So many parts may be sent that are not taken yet. */
    static final int MOST_UNDER_WAY = 64;

    /** After so many parts the receiver says what it has. */
    private static final int SAYS_AFTER = 16;

    /** A receiver that takes nothing for so long is gone. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final String PART = "part";
    private static final String LAST = "last";

    private final NodeChannel channel;
    private final String kind;
    private final Duration patience;

    /** What is being sent, by address. */
    private final Map<String, Outgoing> sending = new ConcurrentHashMap<>();

    /** Who receives. Called on a thread of the message broker's; must not block. */
    public interface Receiver {
        /** A part came, and others will. */
        void goesOn();

        /** All has come. */
        void all(InputStream octets);
    }

    /**
     * Nothing is sent yet.
     *
     * @param kind of the notes by which a receiver says what it has taken; no other part has it
     */
    public Transfers(NodeChannel channel, String kind) {
        this(channel, kind, PATIENCE);
    }

    Transfers(NodeChannel channel, String kind, Duration patience) {
        this.channel = channel;
        this.kind = kind;
        this.patience = patience;
    }

    /** Hears what receivers have taken. Called before the channel is joined. */
    public void connect() {
        channel.hear(kind, note -> {
            String[] words = note.text().split(" ", 2);
            if (words.length == 2 && words[1].matches("\\d{1,9}")) {
                Optional.ofNullable(sending.get(words[0])).ifPresent(to -> to.taken(Integer.parseInt(words[1])));
            }
        });
    }

    /** Sends to the node that {@linkplain #receive receives} there. To be closed. */
    public Outgoing send(String address) {
        Outgoing opened = new Outgoing(address);
        sending.put(address, opened);
        return opened;
    }

    /**
     * Receives what another node sends to an address, which this node told it.
     *
     * @param address letters and digits
     * @param maxBytes above that nothing more is taken
     * @throws BusException as {@link NodeChannel#receive}
     */
    public Feed receive(String address, long maxBytes, Receiver receiver) {
        Incoming incoming = new Incoming(address, maxBytes, receiver);
        return channel.receive(address, incoming::take);
    }

    /** What is sent to one address. Writing waits for the receiver. One thread at a time. */
    public final class Outgoing extends OutputStream {
        private final String address;
        private final ByteArrayOutputStream part = new ByteArrayOutputStream(PART_BYTES);
        private final Semaphore room = new Semaphore(MOST_UNDER_WAY);
        private final AtomicInteger taken = new AtomicInteger();
        private int sent;

        private Outgoing(String address) {
            this.address = address;
        }

        /** @throws IOException if the receiver takes no more */
        @Override
        public void write(int octet) throws IOException {
            part.write(octet);
            sendIfFull();
        }

        /** @throws IOException if the receiver takes no more */
        @Override
        public void write(byte[] octets, int offset, int length) throws IOException {
            int end = offset + length;
            for (int at = offset; at < end; ) {
                int fitting = Math.min(end - at, PART_BYTES - part.size());
                part.write(octets, at, fitting);
                at += fitting;
                sendIfFull();
            }
        }

        /**
         * Sends the rest, and that it is all.
         *
         * @throws IOException if the receiver takes no more
         */
        public void end() throws IOException {
            send(Headers.of(PART, Integer.toString(sent), LAST, "true"));
        }

        /** Whatever was not sent, will not be. */
        @Override
        public void close() {
            sending.remove(address);
        }

        private void sendIfFull() throws IOException {
            if (part.size() == PART_BYTES) {
                send(Headers.of(PART, Integer.toString(sent)));
            }
        }

        private void send(Headers headers) throws IOException {
            awaitRoom();
            // Octets, not text.
            Headers typed = new Headers.Builder()
                    .addAll(headers)
                    .add("content-type", "application/octet-stream")
                    .build();
            channel.send(address, typed, Body.of(part.toByteArray()));
            part.reset();
            sent++;
        }

        private void awaitRoom() throws IOException {
            try {
                if (!room.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new IOException("the other node has taken nothing for " + patience.toMillis() + " ms, after "
                            + taken + " parts of " + PART_BYTES + " octets");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("this node stops");
            }
        }

        private void taken(int parts) {
            int before = taken.getAndAccumulate(parts, Math::max);
            room.release(Math.max(0, parts - before));
        }
    }

    /** What comes to one address. */
    private final class Incoming {
        private final String address;
        private final long maxBytes;
        private final Receiver receiver;
        private final Deque<InputStream> parts = new ArrayDeque<>();
        private int count;
        private long octets;
        private boolean isWhole;

        Incoming(String address, long maxBytes, Receiver receiver) {
            this.address = address;
            this.maxBytes = maxBytes;
            this.receiver = receiver;
        }

        /** Called on a thread that brings live messages as well. */
        void take(Message message) {
            if (!keep(message)) {
                return;
            }
            if (message.headers().has(LAST)) {
                receiver.all(new SequenceInputStream(new Emptying(parts)));
                return;
            }
            receiver.goesOn();
            if (count % SAYS_AFTER == 0) {
                channel.sayLater(kind, address + " " + count);
            }
        }

        private synchronized boolean keep(Message message) {
            boolean isNext = message.headers().first(PART).equals(Optional.of(Integer.toString(count)));
            if (isWhole || !isNext || octets + message.body().size() > maxBytes) {
                return false;
            }
            isWhole = message.headers().has(LAST);
            octets += message.body().size();
            parts.add(new ByteArrayInputStream(message.body().toBytes()));
            count++;
            return true;
        }
    }

    /** Forgets each part when it is read: all of them are as large as what is made of them. */
    @SuppressWarnings("JdkObsolete") // SequenceInputStream takes an Enumeration
    private record Emptying(Deque<InputStream> parts) implements Enumeration<InputStream> {
        @Override
        public boolean hasMoreElements() {
            return !parts.isEmpty();
        }

        @Override
        public InputStream nextElement() {
            return parts.remove();
        }
    }
}
