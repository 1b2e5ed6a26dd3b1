package io.stompline.history;

import io.stompline.history.rules.HistorySettings;
import io.stompline.history.rules.Keeping;
import io.stompline.history.rules.LastValue;
import io.stompline.history.rules.Retention;
import io.stompline.metrics.Counter;
import io.stompline.metrics.Meter;
import io.stompline.metrics.Metrics;
import io.stompline.routing.Destination;
import io.stompline.routing.TopicPattern;
import io.stompline.routing.TopicRules;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The rings of a node, within a limit of memory: above it the topic that was quiet for longest forgets its oldest
 * message. Last values, which are quiet by nature, stay as long as there is anything else. Guarded by its {@link
 * History}.
 */
final class Rings {
    /** Half of what there is: a time may be added. */
    private static final long NEVER = Long.MAX_VALUE / 2;

    private final TopicRules<Keeping> rules;
    private final long maxBytes;

    private final Counter forgottenMessages;
    private final Counter forgottenValues;

    /** The one that was quiet for longest first; so are {@link #values}. */
    private final Map<KeptDestination, Ring<?>> messages = new LinkedHashMap<>();

    private final Map<KeptDestination, Ring<?>> values = new LinkedHashMap<>();

    /** By the pattern of a rule: of topics without a ring. */
    private final Map<Destination, Floor> floors = new HashMap<>();

    /** By the pattern of a rule: since when all its messages have come; absent until they do. */
    private final Map<Destination, Long> since = new HashMap<>();

    /** Of topics without a ring, whatever their rule. */
    private Floor floorOfAbsent = Floor.NONE;

    private long bytes;

    Rings(HistorySettings settings, Metrics metrics) {
        this.rules = settings.rules();
        this.maxBytes = settings.maxBytes();
        this.forgottenMessages = metrics.counter(Meter.HISTORY_MESSAGES_FORGOTTEN);
        this.forgottenValues = metrics.counter(Meter.LAST_VALUES_FORGOTTEN);
    }

    /** The ring of a topic, or of a destination of a user; made if a rule wants it. */
    Optional<Ring<?>> of(KeptDestination topic) {
        Optional<Ring<?>> known = known(topic);
        return known.isPresent() ? known : rules.of(topic.destination()).map(rule -> newRing(topic, rule));
    }

    private Optional<Ring<?>> known(KeptDestination topic) {
        Ring<?> ofMessages = messages.get(topic);
        return Optional.ofNullable(ofMessages == null ? values.get(topic) : ofMessages);
    }

    private Ring<?> newRing(KeptDestination topic, TopicRules.Rule<Keeping> rule) {
        Ring<?> ring = newRing(rule, floorOfAbsent(rule.pattern()));
        rings(ring).put(topic, ring);
        bytes += ring.bytes();
        return ring;
    }

    private static Ring<?> newRing(TopicRules.Rule<Keeping> rule, Floor floor) {
        return rule.terms() instanceof LastValue terms
                ? new ValueRing(rule.pattern(), terms, floor)
                : new MessageRing(rule.pattern(), (Retention) rule.terms(), floor);
    }

    private Map<KeptDestination, Ring<?>> rings(Ring<?> like) {
        return like instanceof ValueRing ? values : messages;
    }

    /** Adds a message to a ring of {@link #of}, and forgets others if the memory is full. */
    void add(KeptDestination topic, Ring<?> ring, Entry entry) {
        long before = ring.bytes();
        forgottenValues.add(ring.add(entry));
        bytes += ring.bytes() - before;
        // Now it is the one that was quiet for the shortest time.
        Map<KeptDestination, Ring<?>> same = rings(ring);
        same.remove(topic);
        same.put(topic, ring);
        while (bytes > maxBytes && count() > 0) {
            forgetOne();
        }
    }

    private void forgetOne() {
        Map<KeptDestination, Ring<?>> full = messages.isEmpty() ? values : messages;
        Map.Entry<KeptDestination, Ring<?>> quietest =
                full.entrySet().iterator().next();
        Ring<?> ring = quietest.getValue();
        if (ring.size() == 0) {
            full.remove(quietest.getKey());
            bytes -= ring.bytes();
            floorOfAbsent = floorOfAbsent.and(ring.floor());
            return;
        }
        long before = ring.bytes();
        ring.forgetOldest();
        bytes -= before - ring.bytes();
        (ring instanceof ValueRing ? forgottenValues : forgottenMessages).increment();
    }

    /** Puts messages of another node before those of a ring of {@link #of}, and forgets some if the memory is full. */
    void addOlder(Ring<?> ring, List<Entry> older) {
        long before = ring.bytes();
        forgottenValues.add(ring.addOlder(older));
        bytes += ring.bytes() - before;
        while (bytes > maxBytes && count() > 0) {
            forgetOne();
        }
    }

    /** A message that another node handed over comes to this one as well: it is kept as the newest. */
    void replaceOlder(Ring<?> ring, String id) {
        long before = ring.bytes();
        ring.replaceOlder(id);
        bytes += ring.bytes() - before;
    }

    /** Forgets what is older than its rule says, and topics whose values have all ended. */
    void forgetOld(long nowMillis) {
        all().forEach(each -> forgetOld(each.getValue(), nowMillis));
        Iterator<Ring<?>> ofValues = values.values().iterator();
        while (ofValues.hasNext()) {
            Ring<?> ring = ofValues.next();
            if (ring.size() == 0) {
                ofValues.remove();
                bytes -= ring.bytes();
                floors.merge(ring.pattern(), ring.floor(), Floor::and);
            }
        }
    }

    private void forgetOld(Ring<?> ring, long nowMillis) {
        long before = ring.bytes();
        ring.forgetOld(nowMillis);
        bytes -= before - ring.bytes();
    }

    /** Messages of a rule may be missing that came before. */
    void raiseFloor(Destination pattern, Floor floor) {
        floors.merge(pattern, floor, Floor::and);
        since.put(pattern, floor.millis());
        all().map(Map.Entry::getValue)
                .filter(ring -> ring.pattern().equals(pattern))
                .forEach(ring -> ring.raiseFloor(floor));
    }

    /** From now on all messages of a rule come. */
    void comeSince(Destination pattern, long millis) {
        since.putIfAbsent(pattern, millis);
    }

    /** Since when all messages of a rule come. */
    long since(Destination pattern) {
        return since.getOrDefault(pattern, NEVER);
    }

    /**
     * Another node says since when all messages of a rule came there.
     *
     * @param ofSeed what it kept of the rule besides
     * @param heardAllUpTo what came here up to that time is not missing there
     */
    void comeSinceEarlier(Seed.OfRule rule, Set<KeptDestination> ofSeed, long heardAllUpTo) {
        if (since(rule.pattern()) > heardAllUpTo) {
            return;
        }
        since.merge(rule.pattern(), rule.sinceMillis(), Math::min);
        Floor floor = new Floor(0, rule.absentMillis());
        floors.merge(rule.pattern(), floor, Floor::and);
        all().filter(ring -> ring.getValue().pattern().equals(rule.pattern()) && !ofSeed.contains(ring.getKey()))
                .forEach(ring -> ring.getValue().raiseFloor(floor));
    }

    /** What another node may take over: rules of which all messages come. */
    List<Seed.OfRule> rulesOfSeed() {
        return since.entrySet().stream()
                .map(rule -> new Seed.OfRule(
                        rule.getKey(),
                        rule.getValue(),
                        floorOfAbsent(rule.getKey()).millis()))
                .toList();
    }

    /**
     * What another node may take over: last values, and what came last, within that limit.
     *
     * @param wanted of which topics
     */
    List<Seed.OfRing> ringsOfSeed(long maxBytesOfSeed, Predicate<KeptDestination> wanted) {
        List<Map.Entry<KeptDestination, Ring<?>>> newestFirst = new ArrayList<>(
                all().filter(entry -> wanted.test(entry.getKey())).toList());
        Collections.reverse(newestFirst);
        newestFirst.sort(Comparator.comparing(entry -> entry.getValue() instanceof MessageRing));
        List<Seed.OfRing> seed = new ArrayList<>();
        long room = maxBytesOfSeed;
        for (Map.Entry<KeptDestination, Ring<?>> entry : newestFirst) {
            room -= entry.getValue().bytes();
            seed.add(Seed.OfRing.of(entry.getKey(), entry.getValue(), room >= 0));
        }
        return seed;
    }

    /** The rings of all that somebody may read of a name, without what is too old. */
    List<Ring<?>> read(KeptDestination what, long nowMillis) {
        List<Ring<?>> read = find(what);
        read.forEach(ring -> forgetOld(ring, nowMillis));
        return read;
    }

    private List<Ring<?>> find(KeptDestination what) {
        if (!what.destination().isPattern()) {
            return known(what).stream().toList();
        }
        TopicPattern pattern = new TopicPattern(what.destination());
        String prefix = what.destination().name();
        String fixed = prefix.substring(0, prefix.indexOf('*'));
        return all()
                // Cheaper than the pattern, and there may be many.
                .filter(entry -> entry.getKey().destination().name().startsWith(fixed))
                .filter(entry -> entry.getKey().user().equals(what.user()))
                .filter(entry -> entry.getValue().pattern().equals(what.destination())
                        || pattern.matches(entry.getKey().destination()))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** Nothing that somebody may read of a name is missing behind this. */
    Floor floor(KeptDestination what, List<Ring<?>> read) {
        Floor ofRings = read.stream().map(Ring::floor).reduce(Floor.NONE, Floor::and);
        boolean absent = read.isEmpty() || what.destination().isPattern();
        return rules.of(what.destination())
                .map(TopicRules.Rule::pattern)
                .map(pattern ->
                        new Floor(0, since(pattern)).and(absent ? ofRings.and(floorOfAbsent(pattern)) : ofRings))
                .orElse(new Floor(Long.MAX_VALUE, Long.MAX_VALUE));
    }

    private Floor floorOfAbsent(Destination pattern) {
        return floorOfAbsent.and(floors.getOrDefault(pattern, Floor.NONE));
    }

    /** What they take of the memory, about. */
    long bytes() {
        return bytes;
    }

    int count() {
        return messages.size() + values.size();
    }

    /** How many last values there are, deletions included. */
    long countValues() {
        return values.values().stream().mapToLong(Ring::size).sum();
    }

    private Stream<Map.Entry<KeptDestination, Ring<?>>> all() {
        return Stream.concat(messages.entrySet().stream(), values.entrySet().stream());
    }
}
