package io.stompline.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How Stompline reaches the message broker ({@code stompline.jms.*}).
 *
 * @param address OpenMQ address for Stompline's own connections, such as {@code mq://localhost/direct} for the
 *     embedded broker; unused if {@code connectionFactory} is set
 * @param connectionFactory JNDI name of a connection factory to use instead; of a managed one of OpenMQ, address and
 *     user
 * @param user user name at the message broker
 * @param passwordFile file whose first line is the password
 * @param publishers how many sessions with a producer share the publishing
 * @param maxBodyBytes longest body of a message, in octets
 * @param requestTimeout the longest wait for an answer of the message broker
 * @param reconnectMin first pause before a lost connection is tried again
 * @param reconnectMax longest such pause
 * @param maxDeliveries how often a message is delivered before it goes to the dead message queue
 * @param redeliveryDelay pause before the third delivery of a refused message; it doubles each time; zero is none
 * @param prefetch how many messages of one consumer may be unacknowledged; bounds what is fetched ahead
 * @param durableMaxBytes octets that a durable subscription may keep in the message broker; 0 is no limit
 * @param deadMessageQueue JMS name of the queue for messages that were refused for good
 */
public record JmsSettings(
        String address,
        Optional<String> connectionFactory,
        Optional<String> user,
        Optional<Path> passwordFile,
        int publishers,
        int maxBodyBytes,
        Duration requestTimeout,
        Duration reconnectMin,
        Duration reconnectMax,
        int maxDeliveries,
        Duration redeliveryDelay,
        int prefetch,
        int durableMaxBytes,
        String deadMessageQueue) {
    /** Whether the message broker runs in this JVM, so that no other node can use it. */
    public static boolean isEmbedded(Settings settings) {
        return settings.text(Setting.JMS_CONNECTION_FACTORY).isEmpty()
                && settings.text(Setting.JMS_ADDRESS).orElseThrow().endsWith("/direct");
    }

    /** As the settings say. */
    public static JmsSettings from(Settings settings) {
        return new JmsSettings(
                settings.text(Setting.JMS_ADDRESS).orElseThrow(),
                settings.text(Setting.JMS_CONNECTION_FACTORY),
                settings.text(Setting.JMS_USER),
                settings.text(Setting.JMS_PASSWORD_FILE).map(Path::of),
                settings.number(Setting.JMS_PUBLISHERS),
                settings.number(Setting.JMS_MAX_BODY_BYTES),
                settings.time(Setting.JMS_REQUEST_TIMEOUT),
                settings.time(Setting.JMS_RECONNECT_MIN),
                settings.time(Setting.JMS_RECONNECT_MAX),
                settings.number(Setting.JMS_MAX_DELIVERIES),
                settings.time(Setting.JMS_REDELIVERY_DELAY),
                settings.number(Setting.SUBSCRIPTION_MAX_UNACKNOWLEDGED),
                settings.number(Setting.DURABLE_MAX_BYTES),
                settings.text(Setting.JMS_DEAD_MESSAGE_QUEUE).orElseThrow());
    }
}
