package io.stompline.bench;

/**
 * Counts latencies so that percentiles come out within 2 %, and to the microsecond if they are short. One thread at a
 * time.
 */
final class Latencies {
    /** Every power of two is parted into this many steps. */
    private static final int STEPS = 64;

    private final long[] counts = new long[STEPS * Long.SIZE];
    private long total;

    void add(long nanos) {
        counts[index(Math.max(0, nanos) / 1000)]++;
        total++;
    }

    /** The latency, in milliseconds, that this share of all (0 to 1) does not pass; 0 if there are none. */
    double millis(double share) {
        long wanted = (long) Math.ceil(share * total);
        int index = 0;
        for (long passed = counts[0]; passed < wanted; passed += counts[index]) {
            index++;
        }
        return micros(index) / 1000.0;
    }

    private static int index(long micros) {
        int shift = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(micros / (2 * STEPS)));
        return shift * STEPS + (int) (micros >> shift);
    }

    private static long micros(int index) {
        int shift = Math.max(0, index / STEPS - 1);
        return (long) (index - shift * STEPS) << shift;
    }
}
