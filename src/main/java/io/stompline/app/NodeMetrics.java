package io.stompline.app;

import io.stompline.metrics.Meter;
import io.stompline.metrics.Metrics;
import io.stompline.monitoring.Monitoring;
import io.stompline.monitoring.NodeState;
import io.stompline.threads.NodeTimer;
import java.time.Duration;

/** Registers the gauges of a node, and exports all its metrics once a second. */
final class NodeMetrics {
    private static final System.Logger LOG = System.getLogger(NodeMetrics.class.getName());

    private static final Duration PERIOD = Duration.ofSeconds(1);

    private NodeMetrics() {}

    static void register(Metrics metrics, NodeState state) {
        metrics.gauge(Meter.CONNECTIONS, () -> state.sessions().connections());
        metrics.gauge(Meter.SESSIONS, () -> state.sessions().loggedIn());
        metrics.gauge(Meter.SUBSCRIPTIONS, () -> state.sessions().subscriptions());
        metrics.gauge(Meter.OUTBOX_BYTES, () -> state.sessions().outboxBytes());
        metrics.gauge(Meter.LANE_THREADS_BUSY, () -> state.lanes().busy());
        metrics.gauge(Meter.LANE_TASKS_WAITING, () -> state.lanes().waiting());
        metrics.gauge(Meter.BROKER_AVAILABLE, () -> state.isBrokerAvailable() ? 1 : 0);
        metrics.gauge(Meter.BROKER_BYTES, () -> state.brokerStore().bytes());
        metrics.gauge(
                Meter.BROKER_MAX_BYTES, () -> Math.max(0, state.brokerStore().maxBytes()));
        metrics.gauge(Meter.BROKER_PERCENT, () -> state.brokerStore().percent());
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
