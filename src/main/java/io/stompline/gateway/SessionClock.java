package io.stompline.gateway;

import io.stompline.bounds.OnceLog;
import io.stompline.session.StompSession;
import io.stompline.threads.AwakeClock;
import java.time.Duration;

/** Drives heart-beats and time limits of all open sessions. One thread at a time. */
public final class SessionClock {
    /**
     * Interval between ticks above which the process counts as paused, and how much of a pause counts towards time
     * limits: no more than the tolerance of the shortest heart-beats.
     */
    public static final Duration PAUSE = Duration.ofSeconds(1);

    private static final System.Logger LOG = System.getLogger(SessionClock.class.getName());

    private final OnceLog failures = new OnceLog(LOG);
    private final OpenSessions sessions;
    private final AwakeClock clock;

    /** Drives these sessions by that clock. */
    public SessionClock(OpenSessions sessions, AwakeClock clock) {
        this.sessions = sessions;
        this.clock = clock;
    }

    /** Checks every session that is due and removes those that are gone. Called every 100 ms or so. */
    public void tick() {
        boolean wasPaused = clock.tick();
        long now = clock.getAsLong();
        for (StompSession session : sessions.all()) {
            if (wasPaused) {
                check(session, session::awoke);
            }
            if (session.isDue(now)) {
                check(session, session::tick);
            }
        }
        sessions.completeIfAllGone();
    }

    private void check(StompSession session, Runnable check) {
        try {
            check.run();
        } catch (RuntimeException | Error e) {
            // Every session depends on this thread; one that fails may do so at every tick.
            failures.log(
                    System.Logger.Level.ERROR,
                    session,
                    "looking after session " + session.id() + " failed, said once",
                    e);
        }
        if (session.isGone()) {
            sessions.remove(session);
            failures.mended(session);
        }
    }
}
