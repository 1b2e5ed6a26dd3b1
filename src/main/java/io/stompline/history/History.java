package io.stompline.history;

import io.stompline.cluster.NodeChannel;
import io.stompline.history.lag.LagReports;
import io.stompline.history.rules.HistorySettings;
import io.stompline.history.rules.Keeping;
import io.stompline.history.rules.LastValue;
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

    /** Numbers before that are those of messages that another node hands over. */
    private static final long FIRST_NUMBER = 10_000_000;

    private final String node = newName();
    private final TopicRules<Keeping> rules;
    private final InstantSource clock;
    private final Rings rings;
    private final Readers readers;
    private final LagReports lags;
    private final PastFinder finder;
    private final Handover handover;
    private long last = FIRST_NUMBER;

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
        this.lags = new LagReports(node, settings.overlap(), clock);
        this.finder = new PastFinder(settings, rings, lags, clock);
        this.handover = new Handover(node, settings, rings, lags, clock, metrics);
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
        boolean again = handover.comesAgain(message.id());
        if (again) {
            rings.replaceOlder(ring, message.id());
        }
        Entry entry = Entry.of(
                again ? message.redelivered() : message, topic.destination().text(), now(), ring.keeping());
        rings.add(topic, ring, entry);
        return entry.broadcast();
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
        return values ? past.ofValues(rewind, wanted, limit) : past.ofMessages(rewind, wanted, limit);
    }

    /** The last values of {@link #keepsValues}, the one that changed longest ago first. */
    public List<Message> values(Destination topic) {
        return past(KeptDestination.of(topic, ""), new Rewind.First(), true).values();
    }

    private synchronized Past past(KeptDestination what, Rewind rewind, boolean values) {
        return finder.find(what, rewind, values, now());
    }

    /** What another node may take over, within that limit, in octets. */
    synchronized Seed seed(long maxBytes) {
        return handover.seed(maxBytes);
    }

    /**
     * Takes over what another node kept. Called once.
     *
     * @param askedMillis when the other node was asked
     * @return how many messages it handed over
     */
    synchronized int takeOver(Seed seed, long askedMillis) {
        return handover.takeOver(seed, askedMillis);
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
