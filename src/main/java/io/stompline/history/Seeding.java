package io.stompline.history;

import io.stompline.bounds.OnceLog;
import io.stompline.cluster.NodeChannel;
import io.stompline.cluster.Transfers;
import io.stompline.history.rules.HistorySettings;
import io.stompline.routing.BusException;
import io.stompline.routing.Feed;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Has a node that starts take over what another one keeps, before it is ready. Thread-safe.
 *
 * <p>It asks the node that started first, half of the overlap and a second after it began to consume: by then that one
 * has heard all that was published before. If that one does not answer in time it asks the next one. Without an answer,
 * or an older node, it begins with nothing.
 */
public final class Seeding {
    private static final System.Logger LOG = System.getLogger(Seeding.class.getName());

    private static final String KIND = "HISTORY_SEED";
    private static final String TAKEN = "HISTORY_SEED_TAKEN";

    /** Headers may take half as much again as in memory. */
    private static final int OCTETS_PER_BYTE = 2;

    /** Nodes and rules. */
    private static final long OCTETS_BESIDE = 1024 * 1024;

    /** A node that is not alone has heard of the others by then, and how promptly they hear messages. */
    private static final Duration KNOWS_AFTER = Duration.ofSeconds(2);

    /** Without a word of the node that was asked. */
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private static final Duration LONGEST = Duration.ofMinutes(1);

    /** One may end meanwhile. */
    private static final int MOST_PEERS = 2;

    private final OnceLog failures = new OnceLog(LOG);
    private final History history;
    private final HistorySettings settings;
    private final NodeChannel channel;
    private final Transfers transfers;
    private final InstantSource clock;
    private final AtomicBoolean stepping = new AtomicBoolean();

    /** When this node had begun to consume all that it keeps; 0 before. */
    private long consumingMillis;

    /** When it had begun to hear the other nodes as well; 0 before. */
    private long hearingMillis;

    /** Those that were asked. */
    private final Set<String> peers = new HashSet<>();

    private Optional<Request> request = Optional.empty();
    private volatile boolean ready;

    /** What was asked of another node. */
    private final class Request implements Transfers.Receiver {
        private final long askedMillis = clock.millis();
        private final Executor lane;

        /** When the last part came. */
        private volatile long heardMillis = askedMillis;

        /** Open until the end, or the limit. */
        private Feed feed;

        Request(Executor lane) {
            this.lane = lane;
        }

        @Override
        public void goesOn() {
            heardMillis = clock.millis();
        }

        @Override
        public void all(InputStream octets) {
            lane.execute(() -> takeOver(octets, askedMillis));
        }

        /** Whether nothing comes any more, or it takes too long. */
        boolean isOver(long nowMillis) {
            return hasPassed(LIMIT, heardMillis, nowMillis) || hasPassed(LONGEST, askedMillis, nowMillis);
        }
    }

    /** Nobody is asked yet. */
    public Seeding(History history, HistorySettings settings, NodeChannel channel, InstantSource clock) {
        this.history = history;
        this.settings = settings;
        this.channel = channel;
        this.transfers = new Transfers(channel, TAKEN);
        this.clock = clock;
        this.ready = settings.rules().rules().isEmpty();
    }

    /**
     * Answers nodes that ask. Called before the channel is joined.
     *
     * @param lanes each runs what may wait for the message broker and for the node that asked; several may ask at once
     */
    public void connect(Supplier<? extends Executor> lanes) {
        transfers.connect();
        channel.hear(KIND, note -> {
            String[] words = note.text().split(" ", 2);
            if (words.length == 2 && words[0].equals(history.node()) && words[1].matches("\\d{1,10}")) {
                lanes.get().execute(() -> handOver(note.query(), Long.parseLong(words[1])));
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
                    step(lane);
                } finally {
                    stepping.set(false);
                }
            });
        }
    }

    private synchronized Optional<Request> request() {
        return request;
    }

    private void step(Executor lane) {
        long now = clock.millis();
        Optional<Request> asked = request();
        if (asked.isPresent()) {
            if (!ready && !asked.get().isOver(now)) {
                return;
            }
            close(asked.get());
            if (ready) {
                return;
            }
        }
        if (consumingMillis == 0) {
            consumingMillis = now;
        }
        if (hearingMillis == 0 && (channel.isConnected() || hasPassed(LIMIT, consumingMillis, now))) {
            hearingMillis = now;
        }
        Set<String> others = channel.others();
        boolean knowsOthers = hearingMillis != 0 && hasPassed(KNOWS_AFTER, hearingMillis, now);
        if (knowsOthers && (others.isEmpty() || hasPassed(askAfter(), consumingMillis, now))) {
            askNext(others, lane);
        }
    }

    private void askNext(Set<String> others, Executor lane) {
        Optional<String> oldest = peers.size() < MOST_PEERS ? history.lags().oldest(others, peers) : Optional.empty();
        if (oldest.isPresent()) {
            peers.add(oldest.get());
            ask(oldest.get(), lane);
        } else if (peers.isEmpty()) {
            begin("no node was there before");
        } else {
            begin("who was asked has not handed over all: nothing came for " + LIMIT.toSeconds()
                    + " s, or not all within " + LONGEST.toSeconds() + " s");
        }
    }

    private Duration askAfter() {
        return settings.overlap().dividedBy(2).plusSeconds(1);
    }

    /** If the clock was set back, too: else the node would not be ready for as long. */
    private static boolean hasPassed(Duration time, long sinceMillis, long nowMillis) {
        return nowMillis < sinceMillis || nowMillis - sinceMillis > time.toMillis();
    }

    private void ask(String peer, Executor lane) {
        String address = UUID.randomUUID().toString().replace("-", "");
        Request asked = new Request(lane);
        try {
            asked.feed = transfers.receive(address, OCTETS_BESIDE + OCTETS_PER_BYTE * settings.maxBytes(), asked);
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

    private void takeOver(InputStream octets, long askedMillis) {
        if (ready) {
            return;
        }
        try {
            int messages = history.takeOver(SeedFormat.read(octets), askedMillis);
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
        try (Transfers.Outgoing seed = transfers.send(address)) {
            SeedFormat.write(history.seed(maxBytes), seed);
            seed.end();
            failures.mended(KIND);
        } catch (IOException | BusException e) {
            failures.log(
                    System.Logger.Level.WARNING,
                    KIND,
                    "history and last values were not handed over to a node that starts: " + e.getMessage());
        }
    }
}
