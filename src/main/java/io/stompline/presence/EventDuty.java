package io.stompline.presence;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;

/**
 * Decides which node fires the events that all of them see: the one with the smallest name among those that are ready,
 * which know who was there before. The others keep what they have seen until that one says something later, so that the
 * next one can go on where it ended. Guarded by {@link Presence}.
 */
final class EventDuty {
    private static final int MAX_WAITING = 10_000;

    private final Deque<MemberEvent> waiting = new ArrayDeque<>();
    private boolean ready;

    /** This node has seen an event. */
    void saw(MemberEvent event) {
        if (waiting.size() >= MAX_WAITING) {
            waiting.remove();
        }
        waiting.add(event);
    }

    /** Whether this node knows who was there before it. */
    boolean isReady() {
        return ready;
    }

    /**
     * This node knows now who was there before it.
     *
     * @param readyOthers the other nodes that did
     */
    void becomeReady(Collection<String> readyOthers) {
        if (!ready && !readyOthers.isEmpty()) {
            // They have fired what this node saw for the first time.
            waiting.clear();
        }
        ready = true;
    }

    /** Another node said something: if the duty is its, it has fired what was seen before. */
    void heard(String node, String self, Collection<String> readyOthers) {
        boolean mine = ready && readyOthers.stream().noneMatch(other -> other.compareTo(self) < 0);
        if (!mine && readyOthers.contains(node) && readyOthers.stream().allMatch(other -> node.compareTo(other) <= 0)) {
            waiting.clear();
        }
    }

    /** What this node has to fire now, once. */
    List<MemberEvent> due(String self, Collection<String> readyOthers) {
        if (!ready || readyOthers.stream().anyMatch(other -> other.compareTo(self) < 0)) {
            return List.of();
        }
        List<MemberEvent> due = List.copyOf(waiting);
        waiting.clear();
        return due;
    }
}
