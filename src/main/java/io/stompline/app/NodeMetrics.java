package io.stompline.app;

import io.stompline.metrics.Metrics;
import io.stompline.monitoring.Monitoring;
import io.stompline.monitoring.NodeState;
import io.stompline.threads.NodeTimer;
import java.time.Duration;
import java.util.List;

/** Registers the gauges of a node, and exports all its metrics once a second. */
final class NodeMetrics {
    private static final System.Logger LOG = System.getLogger(NodeMetrics.class.getName());

    private static final Duration PERIOD = Duration.ofSeconds(1);

    /** Counters are made at their first event; these are exported from the start. */
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

    static void register(Metrics metrics, NodeState state) {
        COUNTERS.forEach(metrics::counter);
        metrics.gauge("connections", () -> state.sessions().connections());
        metrics.gauge("sessions", () -> state.sessions().loggedIn());
        metrics.gauge("subscriptions", () -> state.sessions().subscriptions());
        metrics.gauge("outbox_bytes", () -> state.sessions().outboxBytes());
        metrics.gauge("lane_threads_busy", () -> state.lanes().busy());
        metrics.gauge("lane_tasks_waiting", () -> state.lanes().waiting());
        metrics.gauge("broker_available", () -> state.isBrokerAvailable() ? 1 : 0);
    }

    /** Exports them at once, while the server still knows of which application they are, and then every second. */
    static void show(Metrics metrics, Monitoring monitoring, NodeTimer timer) {
        try {
            monitoring.show(metrics);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "the metrics of this node are not exported yet", e);
        }
        timer.every(PERIOD, () -> monitoring.show(metrics));
    }
}
