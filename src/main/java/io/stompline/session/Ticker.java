package io.stompline.session;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** All sessions of a node, and the one clock that drives their heart-beats and timeouts. Thread-safe. */
public final class Ticker implements SessionDirectory {
    private static final System.Logger LOG = System.getLogger(Ticker.class.getName());

    /** How long a tick may be late before it counts as a pause of the process. */
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final Set<StompSession> sessions = ConcurrentHashMap.newKeySet();

    /** Sessions whose fault is in the log. */
    private final Set<StompSession> faulty = new HashSet<>();

    private final LongSupplier nanoClock;
    private final CompletableFuture<Void> allGone = new CompletableFuture<>();
    private volatile boolean closing;
    private long lastNanos;

    /** No sessions yet. */
    public Ticker(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        this.lastNanos = nanoClock.getAsLong();
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
        long now = nanoClock.getAsLong();
        Duration late = Duration.ofNanos(now - lastNanos);
        lastNanos = now;
        for (StompSession session : sessions) {
            if (late.compareTo(PAUSE) > 0) {
                session.forgive(late);
            }
            if (session.isDue(now)) {
                lookAfter(session);
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

    private void lookAfter(StompSession session) {
        try {
            session.tick();
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
