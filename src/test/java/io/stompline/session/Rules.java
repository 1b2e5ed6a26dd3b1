package io.stompline.session;

import io.stompline.frame.FrameLimits;
import io.stompline.session.protocol.ClientFrame;
import io.stompline.session.protocol.HeartBeats;
import io.stompline.session.protocol.OverflowPolicy;
import io.stompline.session.protocol.SessionLimits;
import java.time.Duration;

/** Rules of sessions for tests: the product's, scaled down where a test has to reach the limit. */
public final class Rules {
    static final FrameLimits FRAMES = new FrameLimits(10_000, 20, 1_000, 5_000);
    static final ClientFrame.HeaderLimits HEADERS = new ClientFrame.HeaderLimits(64, 32, 64);
    public static final SessionLimits.HeartBeatLimits BEATS = new SessionLimits.HeartBeatLimits(
            new HeartBeats(Duration.ofSeconds(10), Duration.ofSeconds(10)),
            Duration.ofSeconds(1),
            Duration.ofSeconds(25),
            Duration.ofSeconds(60));
    static final SessionLimits.SubscriptionLimits SUBSCRIPTIONS =
            new SessionLimits.SubscriptionLimits(4, 5, 3, new OverflowPolicy.Choice());
    static final SessionLimits.TransactionLimits TRANSACTIONS =
            new SessionLimits.TransactionLimits(2, 3, 1_000, Duration.ofSeconds(60));
    static final SessionLimits.OutboxLimits OUTBOX =
            new SessionLimits.OutboxLimits(20_000, 8_000, false, Duration.ofSeconds(10));

    private Rules() {}

    static SessionLimits usual() {
        return withFramesPerSecond(0);
    }

    static SessionLimits withFramesPerSecond(int frames) {
        return limits(frames, true);
    }

    /** What is not allowed is told by a message. */
    static SessionLimits denyingByMessage() {
        return limits(0, false);
    }

    private static SessionLimits limits(int frames, boolean endsDenied) {
        return new SessionLimits(
                FRAMES,
                2_000,
                HEADERS,
                frames,
                Duration.ofSeconds(60),
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                BEATS,
                SUBSCRIPTIONS,
                TRANSACTIONS,
                OUTBOX,
                Duration.ofSeconds(25),
                true,
                endsDenied,
                Duration.ofSeconds(60),
                "Stompline");
    }
}
