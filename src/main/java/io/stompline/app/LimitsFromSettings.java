package io.stompline.app;

import io.stompline.config.Setting;
import io.stompline.config.Settings;
import io.stompline.frame.FrameLimits;
import io.stompline.routing.Destination;
import io.stompline.routing.LocalTopics;
import io.stompline.routing.TopicPattern;
import io.stompline.security.Admission;
import io.stompline.session.protocol.HeartBeats;
import io.stompline.session.protocol.SessionLimits;

/** The rules of every session, by their keys and defaults. */
final class LimitsFromSettings {
    private LimitsFromSettings() {}

    static SessionLimits read(Settings settings) {
        return new SessionLimits(
                frames(settings),
                settings.number(Setting.FRAME_MAX_CONNECT_BYTES),
                new SessionLimits.HeaderLimits(
                        settings.number(Setting.HEADER_MAX_DESTINATION_CHARS),
                        settings.number(Setting.HEADER_MAX_ID_CHARS),
                        settings.number(Setting.HEADER_MAX_SELECTOR_CHARS)),
                settings.number(Setting.FRAME_MAX_PER_SECOND),
                settings.time(Setting.CONNECT_TIMEOUT),
                settings.time(Setting.BROKER_TIMEOUT),
                beats(settings),
                subscriptions(settings),
                transactions(settings),
                outbox(settings),
                "Stompline");
    }

    static Admission.Limits admission(Settings settings) {
        return new Admission.Limits(
                settings.number(Setting.CONNECTIONS_MAX),
                settings.number(Setting.CONNECTIONS_MAX_PER_ADDRESS),
                settings.number(Setting.CONNECTIONS_MAX_PER_USER),
                settings.number(Setting.HANDSHAKES_MAX_PER_SECOND),
                settings.number(Setting.HANDSHAKES_MAX_PER_ADDRESS_PER_SECOND));
    }

    static LocalTopics localTopics(Settings settings) {
        return new LocalTopics(settings.list(
                Setting.LOCAL_TOPICS,
                text -> Destination.parse(text)
                        .filter(topic -> topic.isTopic() && !topic.isReserved())
                        .map(TopicPattern::new),
                "topics such as /topic/cursors/**"));
    }

    private static SessionLimits.HeartBeatLimits beats(Settings settings) {
        HeartBeats offer =
                new HeartBeats(settings.time(Setting.HEART_BEAT_SEND), settings.time(Setting.HEART_BEAT_EXPECT));
        return new SessionLimits.HeartBeatLimits(
                offer,
                settings.time(Setting.HEART_BEAT_SHORTEST),
                settings.time(Setting.PING_INTERVAL),
                settings.time(Setting.PING_TIMEOUT));
    }

    private static SessionLimits.SubscriptionLimits subscriptions(Settings settings) {
        return new SessionLimits.SubscriptionLimits(
                settings.number(Setting.SUBSCRIPTION_MAX),
                settings.number(Setting.SUBSCRIPTION_MAX_UNACKNOWLEDGED),
                settings.number(Setting.SUBSCRIPTION_MAX_UNACKNOWLEDGED_OF_TOPIC));
    }

    private static FrameLimits frames(Settings settings) {
        return new FrameLimits(
                settings.number(Setting.FRAME_MAX_BYTES),
                settings.number(Setting.FRAME_MAX_HEADERS),
                settings.number(Setting.FRAME_MAX_HEADER_LINE_BYTES),
                settings.number(Setting.FRAME_MAX_HEADERS_BYTES));
    }

    private static SessionLimits.TransactionLimits transactions(Settings settings) {
        return new SessionLimits.TransactionLimits(
                settings.number(Setting.TRANSACTION_MAX_OPEN),
                settings.number(Setting.TRANSACTION_MAX_FRAMES),
                settings.number(Setting.TRANSACTION_MAX_BYTES),
                settings.time(Setting.TRANSACTION_TIMEOUT));
    }

    private static SessionLimits.OutboxLimits outbox(Settings settings) {
        return new SessionLimits.OutboxLimits(
                settings.number(Setting.OUTBOX_MAX_BYTES),
                settings.number(Setting.OUTBOX_MAX_MESSAGE_BYTES),
                settings.time(Setting.OUTBOX_STALL_TIMEOUT));
    }
}
