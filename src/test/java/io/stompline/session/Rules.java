package io.stompline.session;

import io.stompline.config.Setting;
import io.stompline.config.Settings;
import io.stompline.frame.FrameLimits;
import io.stompline.routing.TopicRules;
import io.stompline.session.protocol.ClientFrame;
import io.stompline.session.protocol.HeartBeats;
import io.stompline.session.protocol.OverflowPolicy;
import io.stompline.session.protocol.SessionLimits;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Rules of sessions for tests: the product's, scaled down where a test has to reach the limit. */
public final class Rules {
    static final FrameLimits FRAMES = new FrameLimits(
            10_000, 20, 1_000, 5_000, new FrameLimits.Names("frame", "headers", "header-line", "all-headers"));
    static final ClientFrame.HeaderLimits HEADERS = new ClientFrame.HeaderLimits(Map.of(
            Setting.HEADER_MAX_DESTINATION_CHARS, 64,
            Setting.HEADER_MAX_ID_CHARS, 32,
            Setting.HEADER_MAX_SELECTOR_CHARS, 64));
    public static final SessionLimits.HeartBeatLimits BEATS = new SessionLimits.HeartBeatLimits(
            new HeartBeats(Duration.ofSeconds(10), Duration.ofSeconds(10)),
            Duration.ofSeconds(1),
            Duration.ofSeconds(25),
            Duration.ofSeconds(60));
    static final SessionLimits.SubscriptionLimits SUBSCRIPTIONS =
            new SessionLimits.SubscriptionLimits(4, 5, 3, new OverflowPolicy.Choice(TopicRules.none()));
    static final SessionLimits.TransactionLimits TRANSACTIONS =
            new SessionLimits.TransactionLimits(2, 3, 1_000, Duration.ofSeconds(60));
    static final SessionLimits.OutboxLimits OUTBOX =
            new SessionLimits.OutboxLimits(20_000, 8_000, false, Duration.ofSeconds(10));

    private Rules() {}

    static SessionLimits usual() {
        return withFramesPerSecond(0);
    }

    /** Clients that read slowly lose messages, as {@code stompline.slow} says. */
    static SessionLimits dropping(String rules) {
        Settings settings = new Settings(key -> key.equals(Setting.SLOW.key()) ? Optional.of(rules) : Optional.empty());
        OverflowPolicy.Choice choice = OverflowPolicy.Choice.from(settings);
        settings.check();
        return limits(0, true, new SessionLimits.SubscriptionLimits(4, 5, 3, choice));
    }

    /** So many messages of a topic may be unacknowledged, or wait for what comes first. */
    static SessionLimits withUnacknowledgedOfTopic(int messages) {
        return limits(
                0,
                true,
                new SessionLimits.SubscriptionLimits(4, 5, messages, new OverflowPolicy.Choice(TopicRules.none())));
    }

    static SessionLimits withFramesPerSecond(int frames) {
        return limits(frames, true, SUBSCRIPTIONS);
    }

    /** What is not allowed is told by a message. */
    static SessionLimits denyingByMessage() {
        return limits(0, false, SUBSCRIPTIONS);
    }

    private static SessionLimits limits(
            int frames, boolean endsDenied, SessionLimits.SubscriptionLimits subscriptions) {
        return new SessionLimits(
                FRAMES,
                2_000,
                HEADERS,
                frames,
                Duration.ofSeconds(60),
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                BEATS,
                subscriptions,
                TRANSACTIONS,
                OUTBOX,
                Duration.ofSeconds(25),
                true,
                endsDenied,
                Duration.ofSeconds(60),
                "Stompline");
    }
}
