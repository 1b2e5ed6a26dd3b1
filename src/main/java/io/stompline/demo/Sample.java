package io.stompline.demo;

import com.sun.management.OperatingSystemMXBean;
import io.stompline.api.StompStatistics;
import java.lang.management.ManagementFactory;
import java.time.Instant;

/**
 * The figures of one moment.
 *
 * @param heapMebibytes used heap
 * @param cpuPercent of all processors, by this JVM
 * @param ordersPerMinute in the minute before, of the shop
 * @param orders of the shop since the start
 * @param framesReceived from clients since the last sample
 * @param messagesSent to clients since the last sample
 */
public record Sample(
        Instant at,
        int ordersPerMinute,
        long orders,
        long heapMebibytes,
        double cpuPercent,
        int threads,
        int connections,
        int subscriptions,
        long framesReceived,
        long messagesSent) {
    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    /** Measures now; {@code before} was counted at the last sample. */
    static Sample now(Orders orders, StompStatistics before, StompStatistics counted) {
        Instant now = Instant.now();
        return new Sample(
                now,
                orders.perMinute(now),
                orders.count(),
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20,
                Math.max(0, SYSTEM.getProcessCpuLoad()) * 100,
                ManagementFactory.getThreadMXBean().getThreadCount(),
                counted.clients(),
                counted.subscriptions(),
                counted.framesReceived() - before.framesReceived(),
                counted.messagesSent() - before.messagesSent());
    }
}
