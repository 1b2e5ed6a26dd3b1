package io.stompline.app;

import io.stompline.metrics.Metrics;
import io.stompline.monitoring.Monitoring;
import io.stompline.session.SessionServices;
import io.stompline.session.Ticker;
import io.stompline.threads.LaneThreads;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** What goes up and down on this node, beside what is counted where it happens, and that it is shown. */
final class NodeMetrics {
    private static final System.Logger LOG = System.getLogger(NodeMetrics.class.getName());

    /** Made by whoever counts first; those who watch want to see them from the start. */
    private static final List<String> COUNTERS = List.of(
            "sessions_connected",
            "logins_refused",
            "frames_received",
            "bytes_received",
            "frames_sent",
            "bytes_sent",
            "messages_sent",
            "errors_sent",
            "slow_consumers");

    private NodeMetrics() {}

    static void register(SessionServices services, Ticker sessions, LaneThreads lanes) {
        Metrics metrics = services.metrics();
        COUNTERS.forEach(metrics::counter);
        metrics.gauge("connections", () -> services.access().admission().connections());
        metrics.gauge("sessions", () -> sessions.count().sessions());
        metrics.gauge("subscriptions", () -> sessions.count().subscriptions());
        metrics.gauge("outbox_bytes", services.outboxBudget()::bytes);
        metrics.gauge("lane_threads_busy", lanes::busy);
        metrics.gauge("lane_tasks_waiting", lanes::waiting);
        metrics.gauge("broker_available", () -> services.bus().isAvailable() ? 1 : 0);
    }

    /** Shows them at once, where the server still knows of which application they are, and then every second. */
    static void show(Metrics metrics, Monitoring monitoring, ScheduledExecutorService clock) {
        try {
            show(metrics, monitoring);
            var unused = clock.scheduleWithFixedDelay(() -> show(metrics, monitoring), 1, 1, TimeUnit.SECONDS);
        } catch (RuntimeException said) {
            // The log has it; messages matter more.
        }
    }

    private static void show(Metrics metrics, Monitoring monitoring) {
        try {
            monitoring.show(metrics);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "the metrics of this node are not shown (any more)", e);
            throw e;
        }
    }
}
