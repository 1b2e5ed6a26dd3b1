package io.stompline.security.quota;

import io.stompline.config.Setting;
import io.stompline.config.Settings;

/**
 * The settings of this package; 0 is no limit.
 *
 * @param sendsPerSecond SENDs of a user in a second
 * @param bytesPerSecond bodies of a user's SENDs in a second, in octets
 * @param maxQueueBytes unconsumed messages of a user in queues, in octets
 * @param maxBrokerPercent fill level of the message broker above which clients may not fill it further
 * @param maxDurable durable subscriptions of a user
 * @param maxTopics different topics of a user in two minutes
 */
public record QuotaSettings(
        int sendsPerSecond,
        int bytesPerSecond,
        int maxQueueBytes,
        int maxBrokerPercent,
        int maxDurable,
        int maxTopics) {
    /** As the settings say. */
    public static QuotaSettings from(Settings settings) {
        return new QuotaSettings(
                settings.number(Setting.SEND_MAX_PER_USER_PER_SECOND),
                settings.number(Setting.SEND_MAX_BYTES_PER_USER_PER_SECOND),
                settings.number(Setting.QUEUE_MAX_BYTES_PER_USER),
                settings.number(Setting.QUEUE_MAX_BROKER_PERCENT),
                settings.number(Setting.DURABLE_MAX_PER_USER),
                settings.number(Setting.TOPIC_MAX_PER_USER));
    }
}
