package io.stompline.history;

import io.stompline.cluster.NodeChannel;
import io.stompline.history.lag.LagReports;
import io.stompline.metrics.Counter;
import io.stompline.metrics.Meter;
import io.stompline.metrics.Metrics;
import io.stompline.routing.Audience;
import io.stompline.routing.Destination;
import io.stompline.routing.LocalTopics;
import io.stompline.routing.Message;
import io.stompline.routing.TopicRules;
import io.stompline.routing.hub.Broadcast;
import io.stompline.routing.hub.Doubles;
import io.stompline.routing.hub.Position;
import io.stompline.routing.hub.Recorder;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

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

    /** Numbers before that are those of messages that another node hands over. */
    private static final long FIRST_NUMBER = 10_000_000;

    private final String node = newName();
    private final TopicRules<Keeping> rules;
    private final LocalTopics localTopics;
    private final long overlapMillis;
    private final InstantSource clock;
    private final Rings rings;
    private final Readers readers;
    private final LagReports lags;
    private final Counter seeded;

    /** Ids of messages of another node that this one may hear itself, later. */
    private Set<String> mayComeAgain = Set.of();

    private long mayComeAgainUntilMillis;

    private long last = FIRST_NUMBER;

    /**
     * Keeps nothing yet.
     *
     * @param clock says when a message came
     */
    public History(HistorySettings settings, InstantSource clock, Metrics metrics) {
        this.rules = settings.rules();
        this.localTopics = settings.localTopics();
        this.overlapMillis = settings.overlap().toMillis();
        this.clock = clock;
        this.rings = new Rings(settings, metrics);
        this.readers = new Readers(rules, clock);
        this.lags = new LagReports(node, settings.overlap(), clock);
        this.seeded = metrics.counter(Meter.HISTORY_MESSAGES_SEEDED);
        metrics.gauge(Meter.HISTORY_BYTES, this::bytes);
        metrics.gauge(Meter.HISTORY_TOPICS, this::topics);
        metrics.gauge(Meter.HISTORY_LAG_MILLISECONDS, lags::lagMillis);
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

    /** Whether there is a rule. */
    public boolean keepsSomething() {
        return !rules.rules().isEmpty();
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
        lags.came(message.sentMillis());
        boolean again = comesAgain(message.id());
        if (again) {
            rings.replaceOlder(ring, message.id());
        }
        Entry entry = Entry.of(
                again ? message.redelivered() : message, topic.destination().text(), now(), ring.keeping());
        rings.add(topic, ring, entry);
        return entry.broadcast();
    }

    private boolean comesAgain(String id) {
        if (clock.millis() > mayComeAgainUntilMillis) {
            mayComeAgain = Set.of();
        }
        return mayComeAgain.contains(id);
    }

    /**
     * From now on all messages of a pattern come.
     *
     * @param pattern as for {@link #interrupted}
     */
    public synchronized void consumed(Destination pattern) {
        patternsConsumedBy(pattern).forEach(each -> rings.comeSince(each, clock.millis()));
    }

    @Override
    public synchronized void interrupted(Destination pattern) {
        // What was missed is behind every position that was given away before.
        last++;
        Floor floor = new Floor(last, clock.millis());
        patternsConsumedBy(pattern).forEach(each -> rings.raiseFloor(each, floor));
    }

    private List<Destination> patternsConsumedBy(Destination consumed) {
        boolean ofUsers = consumed.equals(Audience.CARRIER);
        return rules.rules().stream()
                .map(TopicRules.Rule::pattern)
                .filter(each -> ofUsers ? !each.isTopic() : each.equals(consumed))
                .toList();
    }

    /** Hears how promptly the other nodes hear messages. */
    public void connect(NodeChannel channel) {
        lags.connect(channel);
    }

    /** Tells the other nodes how promptly this one hears messages. To be called once a second. */
    public void beat(NodeChannel channel) {
        lags.beat(channel);
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
            return recovered ? Replay.resumed(fitting, past.now, past.doubles) : Replay.of(List.of(), past.now);
        }
        return Replay.of(fitting, past.now);
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
     * @param doubles what the subscriber may have received on another node
     */
    private record Past(Position now, List<Entry> entries, boolean kept, Doubles doubles) {}

    private synchronized Past past(KeptDestination what, Rewind rewind, boolean values) {
        Position now = now();
        List<Ring<?>> read = rings.read(what, now.millis());
        Floor floor = rings.floor(what, read);
        if (rewind instanceof Rewind.After after && isKept(after.position(), floor)) {
            long behind = after.position().number();
            return new Past(
                    now, entries(read, behind), true, doubles(after.position().elsewhereMillis()));
        }
        if (rewind instanceof Rewind.After after && !values) {
            return pastOfOtherNode(what, after.position(), read, floor);
        }
        return new Past(now, rewind.readsPast() ? entries(read, 0) : List.of(), false, Doubles.NONE);
    }

    /** Last values are shown all. */
    private Past pastOfOtherNode(KeptDestination what, Position position, List<Ring<?>> read, Floor floor) {
        long from = position.millis() - overlapMillis;
        boolean kept = floor.millis() <= from && !localTopics.mayContain(what.destination()) && lags.vouchFor(position);
        List<Entry> entries = entries(read, 0).stream()
                .filter(entry -> kept && entry.latestMillis() > from)
                .toList();
        long elsewhere = Math.max(position.elsewhereMillis(), position.millis() + overlapMillis / 2);
        return new Past(now(), entries, kept, doubles(elsewhere));
    }

    private static List<Entry> entries(List<Ring<?>> rings, long behind) {
        return rings.stream().flatMap(ring -> ring.behind(behind).stream()).toList();
    }

    /** What was published elsewhere up to that time comes here within the overlap. */
    private Doubles doubles(long elsewhereMillis) {
        // A position is the client's: no frame of the future is a double.
        long sentUpTo = Math.min(elsewhereMillis, clock.millis() + overlapMillis);
        return elsewhereMillis == 0 ? Doubles.NONE : new Doubles(sentUpTo, sentUpTo + overlapMillis);
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
    private boolean isKept(Position position, Floor floor) {
        return position.node().equals(node) && position.number() >= floor.number() && position.number() <= last;
    }

    /** What another node may take over, within that limit, in octets. */
    synchronized Seed seed(long maxBytes) {
        // What is of this node alone stays here: another one has messages of its own, with the same ids.
        return new Seed(
                lags.known(),
                rings.rulesOfSeed(),
                rings.ringsOfSeed(maxBytes, topic -> !localTopics.contain(topic.destination())));
    }

    /**
     * Takes over what another node kept. Called once.
     *
     * @param askedMillis when the other node was asked
     * @return how many messages it handed over
     */
    synchronized int takeOver(Seed seed, long askedMillis) {
        lags.learn(seed.lags());
        Map<Long, Long> numbers = numbers(seed);
        // Those that were quiet for longest first: they are forgotten first.
        List<Seed.OfRing> quietFirst = new ArrayList<>(seed.rings());
        Collections.reverse(quietFirst);
        for (Seed.OfRing of : quietFirst) {
            rings.of(of.topic()).ifPresent(ring -> {
                ring.raiseFloor(new Floor(0, of.floorMillis()));
                rings.addOlder(ring, entries(of, ring, numbers));
            });
        }
        if (lags.isPrompt(seed.lags().get(0).node())) {
            Set<KeptDestination> topics =
                    seed.rings().stream().map(Seed.OfRing::topic).collect(Collectors.toSet());
            // What came here before that had reached the other node, too, when it was asked.
            lags.inherit(seed.lags().get(0));
            seed.rules().forEach(rule -> rings.comeSinceEarlier(rule, topics, askedMillis - overlapMillis / 2));
        }
        mayComeAgain = seed.messages()
                .filter(kept -> kept.millis() > askedMillis - overlapMillis)
                .map(kept -> kept.message().id())
                // Without an id (setDisableMessageID) nobody knows one again.
                .filter(id -> !id.isEmpty())
                .collect(Collectors.toSet());
        mayComeAgainUntilMillis = clock.millis() + overlapMillis;
        rings.forgetOld(clock.millis());
        seeded.add(numbers.size());
        return numbers.size();
    }

    /** Those of this node by those of the other, in the same order; this one's own messages have higher ones. */
    private static Map<Long, Long> numbers(Seed seed) {
        Map<Long, Long> numbers = new HashMap<>();
        seed.messages().map(Seed.Kept::number).sorted().forEach(number -> numbers.put(number, numbers.size() + 1L));
        return numbers;
    }

    /** Without those that this node hears itself: before them there may be others that it has heard already. */
    private List<Entry> entries(Seed.OfRing of, Ring<?> ring, Map<Long, Long> numbers) {
        long until = rings.since(ring.pattern()) + overlapMillis / 2;
        return of.messages().stream()
                .filter(kept -> kept.publishedMillis(overlapMillis / 2) <= until)
                .map(kept -> Entry.of(
                        kept.message(),
                        kept.shownAs(),
                        new Position(node, numbers.get(kept.number()), kept.millis()),
                        ring.keeping()))
                .toList();
    }

    /** How promptly the nodes hear messages. */
    LagReports lags() {
        return lags;
    }

    /** The name of this node in positions. */
    String node() {
        return node;
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
