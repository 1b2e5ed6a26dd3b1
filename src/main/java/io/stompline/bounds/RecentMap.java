package io.stompline.bounds;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A map that holds a bounded number of entries: above it the entry that was written or read longest ago is removed. One
 * thread at a time; where several use it, wrap it in {@link java.util.Collections#synchronizedMap}.
 */
public final class RecentMap<K, V> extends LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1L;
    private static final float LOAD_FACTOR = 0.75f;

    private final int maxEntries;

    /** An empty map that will hold at most {@code maxEntries}. */
    public RecentMap(int maxEntries) {
        super(16, LOAD_FACTOR, true);
        this.maxEntries = maxEntries;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > maxEntries;
    }
}
