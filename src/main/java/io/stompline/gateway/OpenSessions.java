package io.stompline.gateway;

import io.stompline.session.StompSession;
import io.stompline.session.port.SessionDirectory;
import io.stompline.session.port.SessionView;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/** The open sessions of a node. Thread-safe. */
public final class OpenSessions implements SessionDirectory {
    private final Set<StompSession> sessions = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<Void> allGone = new CompletableFuture<>();
    private volatile boolean closing;

    /** Adds a session; {@link SessionClock} removes it when nothing of it is left. It ends at once if all do. */
    public void add(StompSession session) {
        sessions.add(session);
        if (closing) {
            session.stop(retryAfter());
        }
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

    /** Completes {@link #stop} if nothing is open any more. */
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
     * Starts to end every session, one after the other; who has not logged in ends at once. Does not wait.
     *
     * @param later runs a task after that time
     * @return completed by a later tick of {@link SessionClock}, when all are gone
     */
    public CompletableFuture<Void> stop(StopPlan plan, BiConsumer<Duration, Runnable> later) {
        closing = true;
        Map<Boolean, List<StompSession>> all =
                sessions.stream().collect(Collectors.partitioningBy(StompSession::isConnected));
        all.get(false).forEach(session -> session.stop(retryAfter()));
        List<StompSession> connected = all.get(true);
        List<StopPlan.Turn> turns = plan.turns(connected.size(), OpenSessions::random);
        for (int i = 0; i < turns.size(); i++) {
            StompSession session = connected.get(i);
            StopPlan.Turn turn = turns.get(i);
            later.accept(turn.after(), () -> session.giveNotice(plan.patience(), turn.retryAfter()));
        }
        return allGone;
    }

    /** Ends every session that is left now, whatever it is doing. Does not wait. */
    public CompletableFuture<Void> stopNow() {
        sessions.forEach(session -> session.stop(retryAfter()));
        return allGone;
    }

    private Duration retryAfter() {
        return StopPlan.retryAfter(sessions.size(), OpenSessions::random);
    }

    private static long random(long bound) {
        return ThreadLocalRandom.current().nextLong(bound);
    }

    private static boolean counts(StompSession session) {
        return session.isConnected() && !session.hasEnded();
    }
}
