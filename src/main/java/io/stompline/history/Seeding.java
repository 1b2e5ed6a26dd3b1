package io.stompline.history;

import io.stompline.bounds.OnceLog;
import io.stompline.cluster.NodeChannel;
import io.stompline.frame.Body;
import io.stompline.frame.Headers;
import io.stompline.routing.BusException;
import io.stompline.routing.Feed;
import io.stompline.routing.Message;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Has a node that starts take over what another one keeps, before it is ready. Thread-safe.
 *
 * <p>It asks the node that started first, half of the overlap and a second after it began to consume: by then that one
 * has heard all that was published before. Without an older node, or if that one does not answer in time, it begins
 * with nothing.
 */
public final class Seeding {
    private static final System.Logger LOG = System.getLogger(Seeding.class.getName());

    private static final String KIND = "HISTORY_SEED";
    private static final String PART = "part";
    private static final String LAST = "last";

    /** Octets of one message to the other node. */
    private static final int PART_BYTES = 64 * 1024;

    /** A node that is not alone has heard of another one by then. */
    private static final Duration ALONE_AFTER = Duration.ofSeconds(2);

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final OnceLog failures = new OnceLog(LOG);
    private final History history;
    private final HistorySettings settings;
    private final NodeChannel channel;
    private final InstantSource clock;
    private final AtomicBoolean stepping = new AtomicBoolean();

    /** When this node had begun to consume all that it keeps; 0 before. */
    private long consumingMillis;

    private Optional<Request> request = Optional.empty();
    private volatile boolean ready;

    /** What was asked of another node. */
    private final class Request {
        private final long askedMillis = clock.millis();
        private final ByteArrayOutputStream received = new ByteArrayOutputStream();
        private int parts;

        /** Open until the end, or the limit. */
        private Feed feed;

        /** Takes a part. Called on a thread of the message broker's. */
        private void take(Message message) {
            synchronized (Seeding.this) {
                boolean isNext = message.headers().first(PART).equals(Optional.of(Integer.toString(parts)));
                if (ready || !isNext || received.size() > settings.maxBytes() + PART_BYTES) {
                    return;
                }
                parts++;
                received.writeBytes(message.body().toBytes());
                if (message.headers().has(LAST)) {
                    takeOver(received.toByteArray(), askedMillis);
                }
            }
        }
    }

    /** Nobody is asked yet. */
    public Seeding(History history, HistorySettings settings, NodeChannel channel, InstantSource clock) {
        this.history = history;
        this.settings = settings;
        this.channel = channel;
        this.clock = clock;
        this.ready = settings.rules().rules().isEmpty();
    }

    /**
     * Answers nodes that ask. Called before the channel is joined.
     *
     * @param lane runs what may wait for the message broker
     */
    public void connect(Executor lane) {
        channel.hear(KIND, note -> {
            String[] words = note.text().split(" ", 2);
            if (words.length == 2 && words[0].equals(history.node()) && words[1].matches("\\d{1,10}")) {
                lane.execute(() -> handOver(note.query(), Long.parseLong(words[1])));
            }
        });
    }

    /** Whether it has taken over what there was, or cannot. */
    public boolean isReady() {
        return ready;
    }

    /**
     * Goes on until it is {@linkplain #isReady ready}. To be called from time to time.
     *
     * @param consuming whether this node consumes all that it keeps
     * @param lane runs what may wait for the message broker
     */
    public void step(boolean consuming, Executor lane) {
        if ((!ready || request().isPresent()) && consuming && stepping.compareAndSet(false, true)) {
            lane.execute(() -> {
                try {
                    step();
                } finally {
                    stepping.set(false);
                }
            });
        }
    }

    private synchronized Optional<Request> request() {
        return request;
    }

    private void step() {
        long now = clock.millis();
        Optional<Request> asked = request();
        if (asked.isPresent()) {
            if (!ready && now - asked.get().askedMillis > LIMIT.toMillis()) {
                begin("the node that was asked has not handed over all in " + LIMIT.toSeconds() + " s");
            }
            if (ready) {
                close(asked.get());
            }
            return;
        }
        if (consumingMillis == 0) {
            consumingMillis = now;
        }
        long waited = now - consumingMillis;
        Set<String> others = channel.others();
        if (others.isEmpty() ? waited >= ALONE_AFTER.toMillis() : waited > askAfterMillis()) {
            Optional<String> oldest = history.lags().oldest(others);
            oldest.ifPresentOrElse(this::ask, () -> begin("no node was there before"));
        }
    }

    private long askAfterMillis() {
        return settings.overlap().dividedBy(2).plusSeconds(1).toMillis();
    }

    private void ask(String peer) {
        String address = UUID.randomUUID().toString().replace("-", "");
        Request asked = new Request();
        try {
            asked.feed = channel.receive(address, asked::take);
            synchronized (this) {
                request = Optional.of(asked);
            }
            channel.say(KIND, address, peer + " " + settings.maxBytes());
        } catch (BusException e) {
            begin("no other node can be asked: " + e.getMessage());
        }
    }

    /** Not under the lock: it waits for the message broker. */
    private void close(Request asked) {
        asked.feed.close();
        synchronized (this) {
            request = Optional.empty();
        }
    }

    private void takeOver(byte[] octets, long askedMillis) {
        try {
            int messages = history.takeOver(SeedFormat.read(new ByteArrayInputStream(octets)), askedMillis);
            begin(messages + " messages were taken over from another node in " + (clock.millis() - askedMillis)
                    + " ms");
        } catch (IOException | RuntimeException e) {
            begin("another node handed over what cannot be read: " + e);
        }
    }

    private void begin(String how) {
        LOG.log(System.Logger.Level.INFO, "history and last values: {0}", how);
        ready = true;
    }

    private void handOver(String address, long maxBytes) {
        try (Parts parts = new Parts(address)) {
            SeedFormat.write(history.seed(maxBytes), parts);
            parts.end();
            failures.mended(KIND);
        } catch (IOException | BusException e) {
            failures.log(
                    System.Logger.Level.WARNING,
                    KIND,
                    "history and last values were not handed over to a node that starts: " + e.getMessage());
        }
    }

    /** Sends what is written in parts. */
    private final class Parts extends OutputStream {
        private final String address;
        private final ByteArrayOutputStream part = new ByteArrayOutputStream();
        private int sent;

        Parts(String address) {
            this.address = address;
        }

        @Override
        public void write(int octet) {
            part.write(octet);
            sendIfFull();
        }

        @Override
        public void write(byte[] octets, int offset, int length) {
            part.write(octets, offset, length);
            sendIfFull();
        }

        private void sendIfFull() {
            if (part.size() >= PART_BYTES) {
                send(Headers.of(PART, Integer.toString(sent)));
            }
        }

        /** The rest. */
        void end() {
            send(Headers.of(PART, Integer.toString(sent), LAST, "true"));
        }

        private void send(Headers headers) {
            channel.send(address, withType(headers), Body.of(part.toByteArray()));
            part.reset();
            sent++;
        }

        /** Octets, not text. */
        private static Headers withType(Headers headers) {
            return new Headers.Builder()
                    .addAll(headers)
                    .add("content-type", "application/octet-stream")
                    .build();
        }
    }
}
