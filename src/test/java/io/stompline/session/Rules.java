package io.stompline.session;

import io.stompline.frame.FrameLimits;
import io.stompline.session.protocol.HeartBeats;
import io.stompline.session.protocol.SessionRules;
import java.time.Duration;

/** Rules of sessions for tests: the product's, scaled down where a test has to reach the limit. */
public final class Rules {
    static final FrameLimits FRAMES = new FrameLimits(10_000, 20, 1_000, 5_000);
    static final SessionRules.HeaderLimits HEADERS = new SessionRules.HeaderLimits(64, 32, 64);
    public static final SessionRules.BeatRules BEATS = new SessionRules.BeatRules(
            new HeartBeats(Duration.ofSeconds(10), Duration.ofSeconds(10)),
            Duration.ofSeconds(1),
            Duration.ofSeconds(25),
            Duration.ofSeconds(60));
    static final SessionRules.SubscriptionLimits SUBSCRIPTIONS = new SessionRules.SubscriptionLimits(4, 5, 3);
    static final SessionRules.TransactionLimits TRANSACTIONS =
            new SessionRules.TransactionLimits(2, 3, 1_000, Duration.ofSeconds(60));
    static final SessionRules.OutboxLimits OUTBOX =
            new SessionRules.OutboxLimits(20_000, 8_000, Duration.ofSeconds(10));

    private Rules() {}

    static SessionRules usual() {
        return withFramesPerSecond(0);
    }

    static SessionRules withFramesPerSecond(int frames) {
        return new SessionRules(
                FRAMES,
                2_000,
                HEADERS,
                frames,
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                BEATS,
                SUBSCRIPTIONS,
                TRANSACTIONS,
                OUTBOX,
                "Stompline");
    }
}
