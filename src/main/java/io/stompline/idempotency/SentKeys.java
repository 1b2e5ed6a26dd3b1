package io.stompline.idempotency;

import io.stompline.cluster.NodeChannel;
import io.stompline.metrics.Counter;
import io.stompline.metrics.Meter;
import io.stompline.metrics.Metrics;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * The keys under which users sent something in the last two minutes, on this node or, a moment later, on another.
 * Thread-safe; does not block.
 *
 * <p>Holds 100,000 keys, 10,000 of one user; above that the oldest are forgotten.
 */
public final class SentKeys {
    private static final Duration REMEMBERED = Duration.ofMinutes(2);
    private static final String KIND = "SENT_KEYS";

    /** So many keys go in one note; a client that comes back on another node needs longer. */
    private static final Duration TELLS_AFTER = Duration.ofMillis(100);

    private static final int MAX_KEYS = 100_000;
    private static final int MAX_OF_USER = 10_000;

    private final LongSupplier nanoClock;
    private final Counter repeated;

    /** The oldest first. */
    private final Map<Key, Entry> entries = new LinkedHashMap<>();

    private final Map<String, Integer> countByUser = new LinkedHashMap<>();
    private final List<Key> fresh = new ArrayList<>();
    private Runnable whenFresh = () -> {};

    private record Key(String user, String text) {}

    private record Entry(State state, long sinceNanos) {}

    /** The state of a key. */
    public sealed interface State {
        /** It was not there: the caller carries the frame out, then calls {@link #done} or {@link #forget}. */
        record New() implements State {}

        /** Its frame is being carried out. */
        record Pending() implements State {}

        /**
         * Its frame was carried out.
         *
         * @param problem what went wrong in the application; empty if nothing did, or on another node
         */
        record Done(Optional<String> problem) implements State {}
    }

    /** @param nanoClock a clock that never jumps, in nanoseconds */
    public SentKeys(LongSupplier nanoClock, Metrics metrics) {
        this.nanoClock = nanoClock;
        this.repeated = metrics.counter(Meter.SENDS_REPEATED);
    }

    /** Tells the other nodes what was carried out, and hears what they have. */
    public void connect(NodeChannel channel) {
        channel.hear(KIND, note -> hear(note.text()));
        whenFresh(() -> channel.sayGathered(TELLS_AFTER, KIND, this::takeFresh));
    }

    /** Begins to carry out what a user sent under a key, if it is new. */
    public synchronized State begin(String user, String text) {
        forgetOld();
        Key key = new Key(user, text);
        Entry known = entries.get(key);
        if (known != null) {
            if (known.state() instanceof State.Done) {
                repeated.increment();
            }
            return known.state();
        }
        put(key, new State.Pending());
        return new State.New();
    }

    /** It is carried out. */
    public void done(String user, String text, Optional<String> problem) {
        boolean first;
        synchronized (this) {
            Key key = new Key(user, text);
            put(key, new State.Done(problem));
            fresh.add(key);
            first = fresh.size() == 1;
        }
        if (first) {
            whenFresh.run();
        }
    }

    /** It failed, or has to come again. */
    public synchronized void forget(String user, String text) {
        if (isPending(user, text)) {
            remove(new Key(user, text));
        }
    }

    /** Whether its frame is being carried out. */
    public synchronized boolean isPending(String user, String text) {
        Entry known = entries.get(new Key(user, text));
        return known != null && known.state() instanceof State.Pending;
    }

    /**
     * Asks to be told when there is something for {@link #takeFresh}.
     *
     * @param action called for the first key since the last {@link #takeFresh}, on any thread; must not block
     */
    synchronized void whenFresh(Runnable action) {
        whenFresh = action;
    }

    /** The keys done since the last call, for {@link #hear} on other nodes; empty if there are none. */
    synchronized String takeFresh() {
        String lines = fresh.stream()
                .map(key -> encoded(key.user()) + " " + encoded(key.text()))
                .collect(Collectors.joining("\n"));
        fresh.clear();
        return lines;
    }

    /** Takes what another node has done. */
    synchronized void hear(String lines) {
        forgetOld();
        lines.lines()
                .map(line -> line.split(" ", 2))
                .filter(words -> words.length == 2)
                .forEach(words -> {
                    Key key = new Key(decoded(words[0]), decoded(words[1]));
                    if (!entries.containsKey(key)) {
                        put(key, new State.Done(Optional.empty()));
                    }
                });
    }

    private void put(Key key, State state) {
        remove(key);
        entries.put(key, new Entry(state, nanoClock.getAsLong()));
        int ofUser = countByUser.merge(key.user(), 1, Integer::sum);
        if (ofUser > MAX_OF_USER) {
            entries.keySet().stream()
                    .filter(other -> other.user().equals(key.user()) && !other.equals(key))
                    .findFirst()
                    .ifPresent(this::remove);
        } else if (entries.size() > MAX_KEYS) {
            remove(entries.keySet().iterator().next());
        }
    }

    private void remove(Key key) {
        if (entries.remove(key) != null) {
            countByUser.computeIfPresent(key.user(), (user, count) -> count == 1 ? null : count - 1);
        }
    }

    private void forgetOld() {
        long now = nanoClock.getAsLong();
        Iterator<Map.Entry<Key, Entry>> oldest = entries.entrySet().iterator();
        List<Key> old = new ArrayList<>();
        while (oldest.hasNext()) {
            Map.Entry<Key, Entry> next = oldest.next();
            if (now - next.getValue().sinceNanos() <= REMEMBERED.toNanos()) {
                break;
            }
            if (next.getValue().state() instanceof State.Done) {
                old.add(next.getKey());
            }
        }
        old.forEach(this::remove);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
