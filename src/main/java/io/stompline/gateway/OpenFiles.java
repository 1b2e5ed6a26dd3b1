package io.stompline.gateway;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * How many more files this process may open; a connection is one. Thread-safe.
 *
 * <p>To count them takes a file too, and time where there are many: it is done now and then, and connections since the
 * last count are taken off. When few are left, it is done for each.
 */
public final class OpenFiles {
    /** Files that the server, the message broker and the class loaders may need beside connections. */
    private static final long LEAST_RESERVE = 64;

    private static final int RESERVED_PART = 10;

    private final long max;
    private final long reserve;
    private final LongSupplier open;
    private final AtomicLong free;

    /**
     * Counted once; {@link #count} does it again.
     *
     * @param max files that may be open
     * @param open files that are open
     */
    OpenFiles(long max, LongSupplier open) {
        this.max = max;
        this.reserve = Math.max(LEAST_RESERVE, max / RESERVED_PART);
        this.open = open;
        this.free = new AtomicLong();
        count();
    }

    /** The open files of this process; without a limit if the JVM does not know it. */
    public static OpenFiles ofProcess() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                        && system.getMaxFileDescriptorCount() > 0
                ? new OpenFiles(system.getMaxFileDescriptorCount(), system::getOpenFileDescriptorCount)
                : new OpenFiles(Long.MAX_VALUE, () -> 0);
    }

    /** Counts them. */
    public void count() {
        free.set(counted());
    }

    private long counted() {
        return max - Math.min(max, countOpen());
    }

    /** How many more there may be, as far as is known. */
    public long free() {
        return free.get();
    }

    /**
     * Takes one for a connection, unless the rest is reserved for other uses. Counts them when few are left: what is
     * no handshake, such as a plain HTTP request, may have taken some since the last count.
     */
    boolean tryTake() {
        if (free.get() < 2 * reserve) {
            free.accumulateAndGet(counted(), Math::min);
        }
        return free.getAndUpdate(left -> left > reserve ? left - 1 : left) > reserve;
    }

    private long countOpen() {
        try {
            long counted = open.getAsLong();
            return counted < 0 ? max : counted;
        } catch (RuntimeException | Error noneLeft) {
            return max;
        }
    }
}
