package io.stompline.demo.text;

import java.util.Base64;
import java.util.Map;

/**
 * One update as it is kept, or one that has the effect of many.
 *
 * @param id of its message
 * @param numbers the last number of each client in it
 * @param update in Base64, as browsers get it
 */
record TextEntry(String id, Map<String, Long> numbers, String update, boolean isCompacted) {
    /** What an entry takes beside its octets: many small ones are slow to read. */
    static final int OVERHEAD_OCTETS = 64;

    static TextEntry of(String id, Map<String, Long> numbers, byte[] update, boolean isCompacted) {
        return new TextEntry(id, numbers, Base64.getEncoder().encodeToString(update), isCompacted);
    }

    /** Whether all of it is up to those numbers. Of many clients the silent ones are left out. */
    boolean isCoveredBy(Map<String, Long> others) {
        long ifLeftOut = isCompacted ? Long.MAX_VALUE : 0;
        return numbers.entrySet().stream()
                .allMatch(own -> own.getValue() <= others.getOrDefault(own.getKey(), ifLeftOut));
    }

    /** How much room it takes. */
    int octets() {
        return OVERHEAD_OCTETS + update.length() / 4 * 3;
    }
}
