package io.stompline.history;

import io.stompline.routing.hub.Broadcast;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/** Messages in portions, each within a limit; one that is larger is a portion by itself. One thread at a time. */
final class Slices implements Iterator<List<Broadcast>> {
    private final Deque<Entry> entries;
    private final Replay.Limit limit;

    Slices(Collection<Entry> entries, Replay.Limit limit) {
        this.entries = new ArrayDeque<>(entries);
        this.limit = limit;
    }

    @Override
    public boolean hasNext() {
        return !entries.isEmpty();
    }

    @Override
    public List<Broadcast> next() {
        List<Broadcast> slice = new ArrayList<>();
        slice.add(entries.remove().broadcast());
        int room = limit.bytes() - slice.get(0).size();
        while (slice.size() < limit.messages() && !entries.isEmpty()) {
            Broadcast next = entries.element().broadcast();
            room -= next.size();
            if (room < 0) {
                break;
            }
            slice.add(next);
            entries.remove();
        }
        return slice;
    }
}
