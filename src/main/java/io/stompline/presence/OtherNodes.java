package io.stompline.presence;

import io.stompline.metrics.Counter;
import io.stompline.metrics.Meter;
import io.stompline.metrics.Metrics;
import io.stompline.routing.Destination;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * The other nodes with their members: what they told, who has to be asked again, and who is gone. Guarded by {@link
 * Presence}.
 */
final class OtherNodes {
    private static final Duration ASKS_AGAIN = Duration.ofSeconds(2);
    private static final int LONGEST_PAUSE = 30;

    private static final class Other {
        private final OtherMembers members;
        private int asked;
        private long askedNanos;

        Other(OtherMembers members) {
            this.members = members;
        }
    }

    private final BiConsumer<Destination, String> touched;
    private final Counter questions;
    private final Trust trust;

    /** By name. */
    private final Map<String, Other> known = new HashMap<>();

    private Others others = Others.NONE;

    /** @param touched called with each member that may have changed */
    OtherNodes(BiConsumer<Destination, String> touched, Metrics metrics, long nowNanos) {
        this.touched = touched;
        this.questions = metrics.counter(Meter.PRESENCE_ASKED);
        this.trust = new Trust(nowNanos);
    }

    void connect(Others nodes) {
        others = nodes;
    }

    /** The name of this node among them. */
    String self() {
        return others.self();
    }

    /** Whether this node leaves them. */
    boolean isLeft() {
        return others.isLeaving();
    }

    /** Says later to all of them what there is to say by then. */
    void say(Duration delay, Supplier<String> text) {
        others.say(delay, text);
    }

    /** One of them says who is there. */
    void take(String node, MemberNote note, long now) {
        Other other = of(node);
        other.members.take(note);
        if (other.members.isComplete()) {
            other.asked = 0;
        }
        ask(node, other, now);
    }

    /** One of them has left. */
    void forget(String node) {
        Optional.ofNullable(known.remove(node)).ifPresent(other -> other.members.forgetAll());
    }

    /** What they know together of a user in a topic, with what this node knows. */
    Entry add(Entry own, Destination topic, String user) {
        Entry all = own;
        for (Other other : known.values()) {
            all = all.and(other.members.of(topic, user));
        }
        return all;
    }

    /** Those that may be the one which fires events. */
    List<String> ready() {
        return known.entrySet().stream()
                .filter(other -> other.getValue().members.isReady())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Asks those that are heard for what is missing, and forgets those that are silent. */
    void look(long now) {
        trust.tick(now, others.isConnected());
        Set<String> heard = others.heard();
        heard.forEach(node -> ask(node, of(node), now));
        if (!trust.doubts()) {
            List<String> silent = known.keySet().stream()
                    .filter(node -> !heard.contains(node))
                    .toList();
            silent.forEach(this::forget);
        }
    }

    /** Whether this node has been among them long enough to know who was there before it. */
    boolean areKnown() {
        return trust.knowsOthers(known.values().stream().allMatch(other -> other.members.isComplete()));
    }

    /** Whether a user that none of them has may still be at one of them. */
    boolean mayBeMissed() {
        return !known.isEmpty() && trust.doubts();
    }

    private Other of(String node) {
        return known.computeIfAbsent(node, first -> new Other(new OtherMembers(touched)));
    }

    /** Asks for what it does not know, less and less often if there is no answer. */
    private void ask(String node, Other other, long now) {
        long pause = ASKS_AGAIN.toNanos() * Math.min(other.asked, LONGEST_PAUSE);
        if (!other.members.isComplete() && (other.asked == 0 || now - other.askedNanos >= pause)) {
            other.asked++;
            other.askedNanos = now;
            questions.increment();
            others.ask(node);
        }
    }
}
