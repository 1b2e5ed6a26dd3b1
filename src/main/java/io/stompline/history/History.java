package io.stompline.history;

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
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The last messages, or the last values, of the topics that rules name, as this node heard them. Thread-safe; does not
 * block.
 *
 * <p>Each message gets the next number of the node, on the thread that brings it and before any subscriber has it. Who
 * first joins the live stream and then reads the past misses nothing: what both bring has the same number.
 */
public final class History implements Recorder {
    private static final int NAME_CHARS = 5;
    private static final int RADIX = 36;

    private final String node = newName();
    private final TopicRules<Keeping> rules;
    private final InstantSource clock;
    private final Rings rings;
    private final Readers readers;
    private long last;

    /**
     * Keeps nothing yet.
     *
     * @param clock says when a message came
     */
    public History(HistorySettings settings, InstantSource clock, Metrics metrics) {
        this.rules = settings.rules();
        this.clock = clock;
        this.rings = new Rings(settings, metrics);
        this.readers = new Readers(rules, clock);
        metrics.gauge(Meter.HISTORY_BYTES, this::bytes);
        metrics.gauge(Meter.HISTORY_TOPICS, this::topics);
        metrics.gauge(Meter.LAST_VALUES, this::values);
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

    /** The patterns of destinations whose last values are kept. */
    public List<Destination> patternsOfValues() {
        return rules.rules().stream()
                .map(TopicRules.Rule::pattern)
                .filter(this::keepsValues)
                .toList();
    }

    /** Whether the last values of a destination are kept, which a subscriber gets without asking. */
    public boolean keepsValues(Destination destination) {
        return rules.of(destination)
                .filter(rule -> rule.terms() instanceof LastValue)
                .isPresent();
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
        Optional<Ring<?>> ring = destination.user().isPresent() ? rings.of(destination) : Optional.empty();
        return ring.map(kept -> add(destination, kept, message))
                .orElseGet(() -> new Broadcast(message, shownAs.text()));
    }

    private Broadcast add(KeptDestination topic, Ring<?> ring, Message message) {
        last++;
        Entry entry = Entry.of(message, topic.destination().text(), now(), ring.keeping());
        rings.add(topic, ring, entry);
        return entry.broadcast();
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
     * @param limit of a history, what does not fit is left out: of a subscriber that resumes all, of others the oldest.
     *     Last values come in slices, each within the limit.
     */
    public Replay replay(KeptDestination what, Rewind rewind, Predicate<Message> wanted, Replay.Limit limit) {
        boolean values = keepsValues(what.destination());
        Past past = past(what, rewind, values);
        List<Entry> asked = past.entries.stream()
                .sorted(Comparator.comparingLong(Entry::number).reversed())
                .filter(entry -> entry.endMillis() > past.now.millis() && wanted.test(entry.message()))
                .toList();
        if (values) {
            return replayOfValues(past, asked, rewind, limit);
        }
        List<Broadcast> fitting = fitting(asked, rewind, limit);
        if (rewind instanceof Rewind.After) {
            boolean recovered = past.kept && fitting.size() == asked.size();
            return Replay.of(recovered ? fitting : List.of(), past.now, recovered);
        }
        return Replay.of(fitting, past.now, false);
    }

    /** The last values of {@link #keepsValues}, the one that changed longest ago first. */
    public List<Message> values(Destination topic) {
        return past(KeptDestination.of(topic, ""), new Rewind.First(), true).entries.stream()
                .sorted(Comparator.comparingLong(Entry::number))
                .map(Entry::message)
                .filter(message -> !LastValue.isDeletion(message))
                .toList();
    }

    /** A subscriber that resumes is told of deletions, unless it may have missed some: then it begins again. */
    private Replay replayOfValues(Past past, List<Entry> newestFirst, Rewind rewind, Replay.Limit limit) {
        List<Entry> shown = new ArrayList<>(newestFirst.stream()
                .filter(entry -> past.kept || !LastValue.isDeletion(entry.message()))
                .takeWhile(entry -> entry.millis() >= sinceMillis(rewind))
                .limit(rewind instanceof Rewind.Last few ? few.count() : Long.MAX_VALUE)
                .toList());
        Collections.reverse(shown);
        Position before = shown.isEmpty()
                ? past.now
                : new Position(node, shown.get(0).number() - 1, shown.get(0).millis());
        return Replay.inSlices(new Slices(shown, limit), shown.size(), past.now, before, past.kept);
    }

    /**
     * What is kept now.
     *
     * @param entries what is behind the position, or all, in no order
     * @param kept whether nothing is missing behind the position of the subscriber
     */
    private record Past(Position now, List<Entry> entries, boolean kept) {}

    private synchronized Past past(KeptDestination what, Rewind rewind, boolean values) {
        Position now = now();
        List<Ring<?>> read = rings.read(what, now.millis());
        boolean kept = rewind instanceof Rewind.After after && isKept(after.position(), rings.floor(what, read));
        boolean reads = rewind.readsPast() && (kept || values || !(rewind instanceof Rewind.After));
        long behind = kept ? ((Rewind.After) rewind).position().number() : 0;
        List<Entry> entries = reads
                ? read.stream().flatMap(ring -> ring.behind(behind).stream()).toList()
                : List.of();
        return new Past(now, entries, kept);
    }

    /** The newest that fit, in order. */
    private static List<Broadcast> fitting(List<Entry> newestFirst, Rewind rewind, Replay.Limit limit) {
        int count = rewind instanceof Rewind.Last few ? Math.min(few.count(), limit.messages()) : limit.messages();
        long since = sinceMillis(rewind);
        List<Broadcast> fitting = new ArrayList<>();
        int room = limit.bytes();
        for (Entry entry : newestFirst) {
            Broadcast broadcast = entry.broadcast();
            room -= broadcast.size();
            if (fitting.size() == count || room < 0 || entry.millis() < since) {
                break;
            }
            fitting.add(broadcast);
        }
        Collections.reverse(fitting);
        return fitting;
    }

    private static long sinceMillis(Rewind rewind) {
        return rewind instanceof Rewind.Since from ? from.time().toEpochMilli() : Long.MIN_VALUE;
    }

    /** Whether everything behind a position is kept. */
    private boolean isKept(Position position, long floor) {
        return position.node().equals(node) && position.number() >= floor && position.number() <= last;
    }

    /** Who was let in where. */
    public Readers readers() {
        return readers;
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

    private synchronized long values() {
        return rings.countValues();
    }
}
