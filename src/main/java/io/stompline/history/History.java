package io.stompline.history;

import io.stompline.bounds.RecentMap;
import io.stompline.metrics.Counter;
import io.stompline.metrics.Meter;
import io.stompline.metrics.Metrics;
import io.stompline.routing.Audience;
import io.stompline.routing.Destination;
import io.stompline.routing.Message;
import io.stompline.routing.TopicRules;
import io.stompline.routing.hub.Broadcast;
import io.stompline.routing.hub.Position;
import io.stompline.routing.hub.Recorder;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The last messages of the topics that rules name, as this node heard them. Thread-safe; does not block.
 *
 * <p>Each message gets the next number of the node, on the thread that brings it and before any subscriber has it. Who
 * first joins the live stream and then reads the past misses nothing: what both bring has the same number.
 */
public final class History implements Recorder {
    private static final int NAME_CHARS = 5;
    private static final int RADIX = 36;

    /** So many readers are remembered; those who came longest ago are forgotten. */
    private static final int MAX_READERS = 20_000;

    private final String node = newName();
    private final TopicRules<Retention> rules;
    private final InstantSource clock;
    private final Counter forgotten;
    private final Rings rings;
    private final Set<Reader> readers = Collections.newSetFromMap(new RecentMap<>(MAX_READERS));
    private long last;

    /** Somebody who was subscribed. */
    private record Reader(String user, KeptDestination what) {}

    /**
     * Keeps nothing yet.
     *
     * @param clock says when a message came
     */
    public History(HistorySettings settings, InstantSource clock, Metrics metrics) {
        this.rules = settings.rules();
        this.clock = clock;
        this.rings = new Rings(settings);
        this.forgotten = metrics.counter(Meter.HISTORY_MESSAGES_FORGOTTEN);
        metrics.gauge(Meter.HISTORY_BYTES, this::bytes);
        metrics.gauge(Meter.HISTORY_TOPICS, this::topics);
    }

    private static String newName() {
        SecureRandom random = new SecureRandom();
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < NAME_CHARS; i++) {
            name.append(Character.forDigit(random.nextInt(RADIX), RADIX));
        }
        return name.toString();
    }

    /** The patterns of topics, which are consumed all the time. */
    public List<Destination> patterns() {
        return rules.rules().stream()
                .map(TopicRules.Rule::pattern)
                .filter(Destination::isTopic)
                .toList();
    }

    /** Whether messages to users are kept. */
    public boolean keepsMessagesToUsers() {
        return patterns().size() < rules.rules().size();
    }

    @Override
    public Optional<Destination> covering(Destination destination) {
        return rules.of(destination).map(TopicRules.Rule::pattern);
    }

    @Override
    public synchronized Optional<Broadcast> record(Destination pattern, Message message) {
        KeptDestination topic = new KeptDestination(message.destination(), Optional.empty());
        return rings.of(topic).filter(ring -> ring.pattern().equals(pattern)).map(ring -> add(topic, ring, message));
    }

    /** Messages to one session alone, such as replies, are not kept. */
    @Override
    public synchronized Broadcast recordForUser(Message message, Destination shownAs) {
        KeptDestination destination =
                new KeptDestination(shownAs, message.audience().user());
        Optional<Ring> ring = destination.user().isPresent() ? rings.of(destination) : Optional.empty();
        return ring.map(kept -> add(destination, kept, message))
                .orElseGet(() -> new Broadcast(message, shownAs.text()));
    }

    private Broadcast add(KeptDestination topic, Ring ring, Message message) {
        last++;
        Position position = now();
        Broadcast numbered = new Broadcast(message, topic.destination().text(), position);
        forgotten.add(rings.add(topic, ring, new Entry(last, position.millis(), numbered)));
        return numbered;
    }

    @Override
    public synchronized void interrupted(Destination pattern) {
        // What was missed is behind every position that was given away before.
        last++;
        boolean ofUsers = pattern.equals(Audience.CARRIER);
        rules.rules().stream()
                .map(TopicRules.Rule::pattern)
                .filter(each -> ofUsers ? !each.isTopic() : each.equals(pattern))
                .forEach(each -> rings.raiseFloor(each, last));
    }

    /** The position behind all messages that have come so far. */
    public synchronized Position now() {
        return new Position(node, last, clock.millis());
    }

    /**
     * What somebody gets of the past who has just joined the live stream.
     *
     * @param what of {@link #covering}
     * @param wanted which messages the subscriber gets
     * @param limit what does not fit is left out: of a subscriber that resumes all, of others the oldest
     */
    public synchronized Replay replay(
            KeptDestination what, Rewind rewind, Predicate<Message> wanted, Replay.Limit limit) {
        Position now = now();
        rings.forgetOld(now.millis());
        List<Ring> read = rings.read(what);
        List<Entry> asked = asked(read.stream().flatMap(Ring::entries), rewind)
                .filter(entry -> !entry.isExpired(now.millis()) && wanted.test(entry.message()))
                .sorted(Comparator.comparingLong(Entry::number))
                .toList();
        List<Broadcast> fitting = newest(asked, rewind, limit);
        boolean all = fitting.size() == asked.size();
        if (rewind instanceof Rewind.After after) {
            boolean recovered = all && isKept(after.position(), rings.floor(what, read));
            return new Replay(recovered ? fitting : List.of(), now, recovered);
        }
        return new Replay(fitting, now, false);
    }

    private static Stream<Entry> asked(Stream<Entry> kept, Rewind rewind) {
        if (rewind instanceof Rewind.After after) {
            return kept.filter(entry -> entry.number() > after.position().number());
        }
        if (rewind instanceof Rewind.Since since) {
            return kept.filter(entry -> entry.millis() >= since.time().toEpochMilli());
        }
        return rewind.readsPast() ? kept : Stream.empty();
    }

    private static List<Broadcast> newest(List<Entry> entries, Rewind rewind, Replay.Limit limit) {
        int count = rewind instanceof Rewind.Last few ? Math.min(few.count(), limit.messages()) : limit.messages();
        int room = limit.bytes();
        int first = entries.size();
        while (first > 0 && entries.size() - first < count) {
            room -= entries.get(first - 1).frameBytes();
            if (room < 0) {
                break;
            }
            first--;
        }
        return entries.subList(first, entries.size()).stream()
                .map(Entry::broadcast)
                .toList();
    }

    /** Whether everything behind a position is kept. */
    private boolean isKept(Position position, long floor) {
        return position.node().equals(node) && position.number() >= floor && position.number() <= last;
    }

    /** Remembers that somebody was let in to the live stream of a destination. */
    public synchronized void noteReader(String user, KeptDestination what) {
        readers.add(new Reader(user, what));
    }

    /** Whether somebody was, not too long ago. */
    public synchronized boolean wasReader(String user, KeptDestination what) {
        return readers.contains(new Reader(user, what));
    }

    /** Forgets what is older than its rule says. To be called from time to time, for topics that are quiet. */
    public synchronized void forgetOld() {
        rings.forgetOld(clock.millis());
    }

    private synchronized long bytes() {
        return rings.bytes();
    }

    private synchronized long topics() {
        return rings.count();
    }
}
