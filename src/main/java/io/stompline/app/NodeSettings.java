package io.stompline.app;

import io.stompline.config.JmsSettings;
import io.stompline.config.Settings;
import io.stompline.routing.LocalTopics;
import io.stompline.security.Admission;
import io.stompline.session.protocol.SessionLimits;
import io.stompline.websocket.StompEndpoint;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The settings of one node, typed and checked.
 *
 * @param limits of every connection
 * @param jms how the message broker is reached
 * @param transactedFactory JNDI name of the connection factory for publishing in transactions
 * @param admission how many connections and handshakes there may be
 * @param maxQueuesPerUser different queues that a user may send to
 * @param maxLoginFailures failed logins after which further ones are refused
 * @param lockTime for how long they are refused
 * @param writerThreads threads that send to clients
 * @param localTopics topics in the memory of this node
 * @param metricsRole who may see the metrics; empty for nobody
 * @param path of the endpoint, below the context root
 * @param allowedOrigins web pages that may connect, besides those of this host
 */
record NodeSettings(
        SessionLimits limits,
        JmsSettings jms,
        String transactedFactory,
        Admission.Limits admission,
        int maxQueuesPerUser,
        int maxLoginFailures,
        Duration lockTime,
        int writerThreads,
        LocalTopics localTopics,
        Optional<String> metricsRole,
        String path,
        List<String> allowedOrigins) {
    /**
     * Reads all settings, then checks them.
     *
     * @throws IllegalArgumentException naming every fault
     */
    static NodeSettings read(Settings settings) {
        NodeSettings all = new NodeSettings(
                LimitsFromSettings.read(settings),
                settings.jms(),
                settings.text("stompline.jms.transacted-connection-factory").orElse("jms/stompline"),
                LimitsFromSettings.admission(settings),
                settings.number("stompline.queue.max-per-user", 1_000, 0, 1_000_000),
                settings.number("stompline.login.max-failures", 5, 0, 1_000),
                settings.time("stompline.login.lock-time", Duration.ofSeconds(60)),
                settings.number("stompline.writer-threads", 2, 1, 64),
                LimitsFromSettings.localTopics(settings),
                settings.text("stompline.metrics.role"),
                settings.path("stompline.path", StompEndpoint.PATH),
                settings.list("stompline.allowed-origins"));
        settings.check();
        return all;
    }
}
