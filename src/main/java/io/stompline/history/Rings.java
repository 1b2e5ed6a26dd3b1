package io.stompline.history;

import io.stompline.routing.Destination;
import io.stompline.routing.TopicPattern;
import io.stompline.routing.TopicRules;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rings of a node, within a limit of memory: above it the topic that was quiet for longest forgets its oldest
 * message. Guarded by its {@link History}.
 */
final class Rings {
    private final TopicRules<Retention> rules;
    private final long maxBytes;

    /** The one that was quiet for longest first. */
    private final Map<KeptDestination, Ring> rings = new LinkedHashMap<>();

    /** By the pattern of a rule: messages of it up to that number may be missing. */
    private final Map<Destination, Long> floors = new HashMap<>();

    /** Topics without a ring may have had messages up to that number. */
    private long floorOfAbsent;

    private long bytes;

    Rings(HistorySettings settings) {
        this.rules = settings.rules();
        this.maxBytes = settings.maxBytes();
    }

    /** The ring of a topic, or of a destination of a user; made if a rule wants it. */
    Optional<Ring> of(KeptDestination topic) {
        Ring known = rings.get(topic);
        return known == null ? rules.of(topic.destination()).map(rule -> newRing(topic, rule)) : Optional.of(known);
    }

    private Ring newRing(KeptDestination topic, TopicRules.Rule<Retention> rule) {
        Ring ring = new Ring(rule.pattern(), rule.terms(), floorOfAbsent(rule.pattern()));
        rings.put(topic, ring);
        bytes += ring.bytes();
        return ring;
    }

    /**
     * Adds a message to a ring of {@link #of}, and forgets others if the memory is full.
     *
     * @return how many had to be forgotten for that
     */
    int add(KeptDestination topic, Ring ring, Entry entry) {
        long before = ring.bytes();
        ring.add(entry);
        bytes += ring.bytes() - before;
        // Now it is the one that was quiet for the shortest time.
        rings.remove(topic);
        rings.put(topic, ring);
        int count = 0;
        while (bytes > maxBytes && !rings.isEmpty()) {
            count += forgetOne();
        }
        return count;
    }

    private int forgetOne() {
        Map.Entry<KeptDestination, Ring> quietest = rings.entrySet().iterator().next();
        Ring ring = quietest.getValue();
        if (!ring.isEmpty()) {
            long before = ring.bytes();
            ring.forgetOldest();
            bytes -= before - ring.bytes();
            return 1;
        }
        rings.remove(quietest.getKey());
        bytes -= ring.bytes();
        floorOfAbsent = Math.max(floorOfAbsent, ring.floor());
        return 0;
    }

    /** Forgets what is older than its rule says. */
    void forgetOld(long nowMillis) {
        rings.values().forEach(ring -> forgetOld(ring, nowMillis));
    }

    private void forgetOld(Ring ring, long nowMillis) {
        long before = ring.bytes();
        ring.forgetOld(nowMillis);
        bytes -= before - ring.bytes();
    }

    /** Messages of a rule up to that number may be missing. */
    void raiseFloor(Destination pattern, long number) {
        floors.put(pattern, number);
        rings.values().stream().filter(ring -> ring.pattern().equals(pattern)).forEach(ring -> ring.raiseFloor(number));
    }

    /** The rings of all that somebody may read of a name, without what is too old. */
    List<Ring> read(KeptDestination what, long nowMillis) {
        List<Ring> read = find(what);
        read.forEach(ring -> forgetOld(ring, nowMillis));
        return read;
    }

    private List<Ring> find(KeptDestination what) {
        if (!what.destination().isPattern()) {
            return Optional.ofNullable(rings.get(what)).stream().toList();
        }
        TopicPattern pattern = new TopicPattern(what.destination());
        String prefix = what.destination().name();
        String fixed = prefix.substring(0, prefix.indexOf('*'));
        return rings.entrySet().stream()
                // Cheaper than the pattern, and there may be many.
                .filter(entry -> entry.getKey().destination().name().startsWith(fixed))
                .filter(entry -> entry.getKey().user().equals(what.user()))
                .filter(entry -> pattern.matches(entry.getKey().destination()))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** Nothing that somebody may read of a name is missing behind this number. */
    long floor(KeptDestination what, List<Ring> read) {
        long ofRings = read.stream().mapToLong(Ring::floor).max().orElse(0);
        boolean absent = read.isEmpty() || what.destination().isPattern();
        Optional<Destination> pattern = rules.of(what.destination()).map(TopicRules.Rule::pattern);
        return absent ? Math.max(ofRings, pattern.map(this::floorOfAbsent).orElse(Long.MAX_VALUE)) : ofRings;
    }

    private long floorOfAbsent(Destination pattern) {
        return Math.max(floorOfAbsent, floors.getOrDefault(pattern, 0L));
    }

    /** What they take of the memory, about. */
    long bytes() {
        return bytes;
    }

    int count() {
        return rings.size();
    }
}
