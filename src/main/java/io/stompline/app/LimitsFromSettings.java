package io.stompline.app;

import io.stompline.config.Settings;
import io.stompline.frame.FrameLimits;
import io.stompline.routing.Destination;
import io.stompline.routing.LocalTopics;
import io.stompline.routing.TopicPattern;
import io.stompline.security.Admission;
import io.stompline.session.protocol.HeartBeats;
import io.stompline.session.protocol.SessionLimits;
import java.time.Duration;

/** The rules of every session, by their keys and defaults. */
final class LimitsFromSettings {
    private static final int MEBIBYTE = 1024 * 1024;

    /** With ticks 100 ms apart, heart-beats that are promised more often would be late. */
    private static final Duration SHORTEST_BEAT = Duration.ofMillis(500);

    private LimitsFromSettings() {}

    static SessionLimits read(Settings settings) {
        return new SessionLimits(
                frames(settings),
                settings.number("stompline.frame.max-connect-bytes", 16 * 1024, 256, MEBIBYTE),
                new SessionLimits.HeaderLimits(
                        settings.number("stompline.header.max-destination-chars", 256, 16, 4096),
                        settings.number("stompline.header.max-id-chars", 128, 16, 4096),
                        settings.number("stompline.header.max-selector-chars", 1024, 16, 16 * 1024)),
                settings.number("stompline.frame.max-per-second", 0, 0, 1_000_000),
                settings.time("stompline.connect-timeout", Duration.ofSeconds(10)),
                settings.time("stompline.broker-timeout", Duration.ofSeconds(30)),
                beats(settings),
                subscriptions(settings),
                transactions(settings),
                outbox(settings),
                "Stompline");
    }

    static Admission.Limits admission(Settings settings) {
        return new Admission.Limits(
                settings.number("stompline.connections.max", 20_000, 0, 1_000_000),
                settings.number("stompline.connections.max-per-address", 0, 0, 1_000_000),
                settings.number("stompline.connections.max-per-user", 100, 0, 1_000_000),
                settings.number("stompline.handshakes.max-per-second", 0, 0, 1_000_000),
                settings.number("stompline.handshakes.max-per-address-per-second", 0, 0, 1_000_000));
    }

    static LocalTopics localTopics(Settings settings) {
        return new LocalTopics(settings.list(
                "stompline.local-topics",
                text -> Destination.parse(text)
                        .filter(topic -> topic.isTopic() && !topic.isReserved())
                        .map(TopicPattern::new),
                "topics such as /topic/cursors/**"));
    }

    private static SessionLimits.HeartBeatLimits beats(Settings settings) {
        HeartBeats offer = new HeartBeats(
                settings.time("stompline.heart-beat.send", Duration.ofSeconds(10)),
                settings.time("stompline.heart-beat.expect", Duration.ofSeconds(10)));
        return new SessionLimits.HeartBeatLimits(
                offer,
                settings.time("stompline.heart-beat.shortest", Duration.ofSeconds(1), SHORTEST_BEAT),
                settings.time("stompline.ping.interval", Duration.ofSeconds(25)),
                settings.time("stompline.ping.timeout", Duration.ofSeconds(60)));
    }

    private static SessionLimits.SubscriptionLimits subscriptions(Settings settings) {
        return new SessionLimits.SubscriptionLimits(
                settings.number("stompline.subscription.max", 128, 1, 100_000),
                settings.maxUnacknowledged(),
                settings.number("stompline.subscription.max-unacknowledged-of-topic", 10_000, 1, 1_000_000));
    }

    private static FrameLimits frames(Settings settings) {
        return new FrameLimits(
                settings.maxFrameBytes(),
                settings.number("stompline.frame.max-headers", 64, 8, 1_000),
                settings.number("stompline.frame.max-header-line-bytes", 8 * 1024, 256, MEBIBYTE),
                settings.number("stompline.frame.max-headers-bytes", 16 * 1024, 512, MEBIBYTE));
    }

    private static SessionLimits.TransactionLimits transactions(Settings settings) {
        return new SessionLimits.TransactionLimits(
                settings.number("stompline.transaction.max-open", 16, 1, 1_000),
                settings.number("stompline.transaction.max-frames", 1_000, 1, 100_000),
                settings.number("stompline.transaction.max-bytes", 4 * MEBIBYTE, 1024, 64 * MEBIBYTE),
                settings.time("stompline.transaction.timeout", Duration.ofSeconds(60)));
    }

    private static SessionLimits.OutboxLimits outbox(Settings settings) {
        return new SessionLimits.OutboxLimits(
                settings.number("stompline.outbox.max-bytes", 512 * 1024, 16 * 1024, 64 * MEBIBYTE),
                settings.number("stompline.outbox.max-message-bytes", 8 * 1024, 1, MEBIBYTE),
                settings.time("stompline.outbox.stall-timeout", Duration.ofSeconds(10)));
    }
}
