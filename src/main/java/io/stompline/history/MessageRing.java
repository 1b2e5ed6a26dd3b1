package io.stompline.history;

import io.stompline.history.rules.Retention;
import io.stompline.routing.Destination;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The last messages of one topic, the oldest first. */
final class MessageRing extends Ring<Retention> {
    private final Deque<Entry> entries = new ArrayDeque<>();

    MessageRing(Destination pattern, Retention keeping, Floor floor) {
        super(pattern, keeping, floor);
    }

    /** What exceeds the count is forgotten in time. */
    @Override
    int add(Entry entry) {
        entries.add(entry);
        entered(entry);
        forgetOld(entry.millis());
        while (entries.size() > keeping().count()) {
            forgetOldest();
        }
        return 0;
    }

    @Override
    int addOlder(List<Entry> older) {
        Set<String> known = entries.stream()
                .map(entry -> entry.message().id())
                // Messages without an id (setDisableMessageID) are not the same.
                .filter(id -> !id.isEmpty())
                .collect(Collectors.toSet());
        for (int i = older.size() - 1; i >= 0; i--) {
            Entry entry = older.get(i);
            if (!known.contains(entry.message().id())) {
                entries.addFirst(entry);
                entered(entry);
            }
        }
        while (entries.size() > keeping().count()) {
            forgetOldest();
        }
        return 0;
    }

    @Override
    void replaceOlder(String id) {
        Optional<Entry> older = entries.stream()
                .filter(entry -> entry.message().id().equals(id))
                .findFirst();
        older.ifPresent(entry -> {
            entries.remove(entry);
            replaced(entry);
        });
    }

    @Override
    void forgetOld(long nowMillis) {
        long oldest = nowMillis - keeping().age().toMillis();
        while (!entries.isEmpty() && entries.peek().millis() < oldest) {
            forgetOldest();
        }
    }

    @Override
    void forgetOldest() {
        forgotten(entries.remove());
    }

    @Override
    int size() {
        return entries.size();
    }

    @Override
    List<Entry> behind(long number) {
        List<Entry> newest = new ArrayList<>();
        Iterator<Entry> next = entries.descendingIterator();
        while (next.hasNext()) {
            Entry entry = next.next();
            if (entry.number() <= number) {
                break;
            }
            newest.add(entry);
        }
        return newest;
    }
}
