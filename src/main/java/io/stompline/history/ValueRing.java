package io.stompline.history;

import io.stompline.history.rules.LastValue;
import io.stompline.routing.Destination;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The last message of each key of one topic, the one that changed longest ago first. A deletion is the last message of
 * its key, too, until it ends: who was away has to be told.
 */
final class ValueRing extends Ring<LastValue> {
    static final int MAX_KEYS = 10_000;

    private final Map<String, Entry> byKey = new LinkedHashMap<>();

    ValueRing(Destination pattern, LastValue keeping, Floor floor) {
        super(pattern, keeping, floor);
    }

    @Override
    int add(Entry entry) {
        String key = keeping().key(entry.message());
        // A key that is put again would stay in its place.
        Entry former = byKey.remove(key);
        if (former != null) {
            replaced(former);
        }
        byKey.put(key, entry);
        entered(entry);
        if (byKey.size() <= MAX_KEYS) {
            return 0;
        }
        forgetOldest();
        return 1;
    }

    @Override
    int addOlder(List<Entry> older) {
        Map<String, Entry> heard = new LinkedHashMap<>(byKey);
        byKey.clear();
        for (Entry entry : older) {
            String key = keeping().key(entry.message());
            if (!heard.containsKey(key)) {
                byKey.put(key, entry);
                entered(entry);
            }
        }
        byKey.putAll(heard);
        int forgotten = 0;
        while (byKey.size() > MAX_KEYS) {
            forgetOldest();
            forgotten++;
        }
        return forgotten;
    }

    @Override
    void replaceOlder(String id) {
        // It has the same key.
    }

    @Override
    void forgetOld(long nowMillis) {
        Iterator<Entry> entries = byKey.values().iterator();
        while (entries.hasNext()) {
            Entry entry = entries.next();
            if (entry.endMillis() <= nowMillis) {
                entries.remove();
                forgotten(entry);
            }
        }
    }

    @Override
    void forgetOldest() {
        Iterator<Entry> entries = byKey.values().iterator();
        forgotten(entries.next());
        entries.remove();
    }

    @Override
    int size() {
        return byKey.size();
    }

    @Override
    List<Entry> behind(long number) {
        List<Entry> newest = new ArrayList<>();
        for (Entry entry : byKey.values()) {
            if (entry.number() > number) {
                newest.add(entry);
            }
        }
        Collections.reverse(newest);
        return newest;
    }
}
