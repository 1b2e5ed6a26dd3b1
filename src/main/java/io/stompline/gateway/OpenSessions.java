package io.stompline.gateway;

import io.stompline.session.StompSession;
import io.stompline.session.port.SessionDirectory;
import io.stompline.session.port.SessionView;
import io.stompline.session.protocol.CloseCause;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** The open sessions of a node. Thread-safe. */
public final class OpenSessions implements SessionDirectory {
    private final Set<StompSession> sessions = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<Void> allGone = new CompletableFuture<>();
    private volatile boolean closing;

    /** Adds a session; {@link SessionClock} removes it when nothing of it is left. */
    public void add(StompSession session) {
        sessions.add(session);
    }

    /** How many connections there are. */
    public int size() {
        return sessions.size();
    }

    /** All of them; others come and go meanwhile. */
    Iterable<StompSession> all() {
        return sessions;
    }

    void remove(StompSession session) {
        sessions.remove(session);
    }

    /** Completes {@link #closeAll} if nothing is open any more. */
    void completeIfAllGone() {
        if (closing && sessions.isEmpty()) {
            allGone.complete(null);
        }
    }

    @Override
    public List<SessionView> connected() {
        return sessions.stream()
                .filter(OpenSessions::counts)
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

    /**
     * Starts to close every session.
     *
     * @return completed by a later tick of {@link SessionClock}, when all are gone
     */
    public CompletableFuture<Void> closeAll(CloseCause cause) {
        closing = true;
        sessions.forEach(session -> session.close(cause));
        return allGone;
    }

    private static boolean counts(StompSession session) {
        return session.isConnected() && !session.hasEnded();
    }
}
