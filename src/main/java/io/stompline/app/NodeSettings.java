package io.stompline.app;

import io.stompline.config.JmsSettings;
import io.stompline.config.Setting;
import io.stompline.config.Settings;
import io.stompline.routing.LocalTopics;
import io.stompline.security.Admission;
import io.stompline.session.protocol.SessionLimits;
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
                settings.text(Setting.JMS_TRANSACTED_CONNECTION_FACTORY).orElseThrow(),
                LimitsFromSettings.admission(settings),
                settings.number(Setting.QUEUE_MAX_PER_USER),
                settings.number(Setting.LOGIN_MAX_FAILURES),
                settings.time(Setting.LOGIN_LOCK_TIME),
                settings.number(Setting.WRITER_THREADS),
                LimitsFromSettings.localTopics(settings),
                settings.text(Setting.METRICS_ROLE),
                settings.path(Setting.PATH),
                settings.list(Setting.ALLOWED_ORIGINS));
        settings.check();
        return all;
    }
}
