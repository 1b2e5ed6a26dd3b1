package io.stompline.session;

import io.stompline.session.protocol.CloseCause;
import io.stompline.threads.AwakeClock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** All sessions of a node, and the one clock that drives their heart-beats and timeouts. Thread-safe. */
public final class Ticker implements SessionDirectory {
    /**
     * How long ticks may fail to come before it counts as a pause of the process, and what is counted of one: no more than what the
     * shortest heart-beats are forgiven.
     */
    public static final Duration PAUSE = Duration.ofSeconds(1);

    private static final System.Logger LOG = System.getLogger(Ticker.class.getName());

    private final Set<StompSession> sessions = ConcurrentHashMap.newKeySet();

    /** Sessions whose fault is in the log. */
    private final Set<StompSession> faulty = new HashSet<>();

    private final AwakeClock clock;
    private final CompletableFuture<Void> allGone = new CompletableFuture<>();
    private volatile boolean closing;

    /** No sessions yet; those to come go by the same clock. */
    public Ticker(AwakeClock clock) {
        this.clock = clock;
    }

    /** Adds a session; it is forgotten when nothing of it is left. */
    public void add(StompSession session) {
        sessions.add(session);
    }

    /** How many connections there are. */
    public int size() {
        return sessions.size();
    }

    @Override
    public List<SessionView> connected() {
        return sessions.stream()
                .filter(Ticker::counts)
                .<SessionView>map(session -> session)
                .toList();
    }

    @Override
    public Count count() {
        int connected = 0;
        int subscriptions = 0;
        for (StompSession session : sessions) {
            if (counts(session)) {
                connected++;
                subscriptions += session.subscriptionCount();
            }
        }
        return new Count(connected, subscriptions);
    }

    /** Looks after every session that is due. Called by one thread, every 100 ms or so. */
    public void tick() {
        boolean stoodStill = clock.tick();
        long now = clock.getAsLong();
        for (StompSession session : sessions) {
            if (stoodStill) {
                lookAfter(session, session::awoke);
            }
            if (session.isDue(now)) {
                lookAfter(session, session::tick);
            }
        }
        if (closing && sessions.isEmpty()) {
            allGone.complete(null);
        }
    }

    /**
     * Starts to close every session.
     *
     * @return completed by a later {@link #tick()}, when all are gone
     */
    public CompletableFuture<Void> closeAll(CloseCause cause) {
        closing = true;
        sessions.forEach(session -> session.close(cause));
        return allGone;
    }

    private static boolean counts(StompSession session) {
        return session.isConnected() && !session.hasEnded();
    }

    private void lookAfter(StompSession session, Runnable look) {
        try {
            look.run();
        } catch (RuntimeException | Error e) {
            // Every session depends on this thread; one that fails may do so at every tick.
            if (faulty.add(session)) {
                LOG.log(System.Logger.Level.ERROR, "looking after session " + session.id() + " failed, said once", e);
            }
        }
        if (session.isGone()) {
            sessions.remove(session);
            faulty.remove(session);
        }
    }
}
