package io.stompline.bench;

import java.util.BitSet;

/** Which messages of a stream one subscriber has. One thread at a time. */
final class Tally {
    private final BitSet seen = new BitSet();
    private int highest = -1;
    private long duplicated;
    private long outOfOrder;

    /** Ticks a message off; returns whether it is new. */
    boolean tick(int number) {
        if (seen.get(number)) {
            duplicated++;
            return false;
        }
        seen.set(number);
        if (number < highest) {
            outOfOrder++;
        }
        highest = Math.max(highest, number);
        return true;
    }

    boolean has(int number) {
        return seen.get(number);
    }

    /** How many of the messages before {@code end} are missing. */
    long missing(int end) {
        return (long) end - seen.cardinality();
    }

    long duplicated() {
        return duplicated;
    }

    long outOfOrder() {
        return outOfOrder;
    }
}
