package io.stompline.websocket;

import io.stompline.bounds.RecentMap;
import io.stompline.session.StompSession;
import io.stompline.session.port.HttpSessionEnded;
import io.stompline.session.protocol.StompError;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebListener;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionIdListener;
import jakarta.servlet.http.HttpSessionListener;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Ends the connections whose user the container authenticated at the handshake, when that HTTP session ends by logout
 * or by time (Jakarta WebSocket 2.1, 7.2). Tyrus (seen in 2.1.5) does so for the newest connection of an HTTP session
 * only. Servers may replicate HTTP sessions, so a logout is told to the other nodes. Thread-safe.
 */
@Dependent
@WebListener
public class LogoutListener implements HttpSessionListener, HttpSessionIdListener {
    private static final int MAX_ENDED = 10_000;

    /** Connections by {@link #key} of their HTTP session; the application has this class to itself. */
    private static final Map<String, Set<StompSession>> OPEN = new ConcurrentHashMap<>();

    /** When those ended that ended last, by {@link #key}, in milliseconds of the time of day; guarded by itself. */
    private static final Map<String, Long> ENDED = new RecentMap<>(MAX_ENDED);

    /** Octets of a hash. */
    private static final int KEY_BYTES = 16;

    @Inject
    private Event<HttpSessionEnded> others;

    /**
     * Ends a connection with the HTTP session of its handshake, if it has one.
     *
     * @return forgets it when it is closed
     */
    static Runnable watch(StompSession connection, HandshakePrincipal user) {
        if (user.session().isEmpty()) {
            return () -> {};
        }
        HttpSession session = user.session().get();
        String id = session.getId();
        OPEN.compute(key(id), (unused, those) -> with(connection, those));
        // Perhaps before it was entered above: it counts as valid while its listeners are told of its end.
        if (hasEnded(session)) {
            endAll(key(id));
        } else if (!id.equals(session.getId())) {
            move(id, session.getId());
        }
        return () -> forget(session, connection);
    }

    private static Set<StompSession> with(StompSession connection, Set<StompSession> those) {
        Set<StompSession> all = those == null ? ConcurrentHashMap.newKeySet() : those;
        all.add(connection);
        return all;
    }

    private static boolean hasEnded(HttpSession session) {
        try {
            // An id may come again, if the client chooses it.
            long created = session.getCreationTime();
            synchronized (ENDED) {
                Long ended = ENDED.get(key(session.getId()));
                return ended != null && ended >= created;
            }
        } catch (IllegalStateException invalidated) {
            return true;
        }
    }

    private static void forget(HttpSession session, StompSession connection) {
        OPEN.computeIfPresent(key(session.getId()), (unused, those) -> {
            those.remove(connection);
            return those.isEmpty() ? null : those;
        });
    }

    @Override
    public void sessionIdChanged(HttpSessionEvent event, String oldId) {
        move(oldId, event.getSession().getId());
    }

    private static void move(String oldId, String newId) {
        Set<StompSession> connections = OPEN.remove(key(oldId));
        if (connections != null) {
            OPEN.merge(key(newId), connections, LogoutListener::together);
        }
    }

    private static Set<StompSession> together(Set<StompSession> some, Set<StompSession> others) {
        some.addAll(others);
        return some;
    }

    @Override
    public void sessionDestroyed(HttpSessionEvent event) {
        HttpSession session = event.getSession();
        String key = key(session.getId());
        endAll(key);
        if (!isOverTime(session)) {
            others.fire(new HttpSessionEnded(key, false));
        }
    }

    static void endedElsewhere(@Observes HttpSessionEnded ended) {
        if (ended.elsewhere()) {
            endAll(ended.key());
        }
    }

    /** Its user may be busy on another node. */
    private static boolean isOverTime(HttpSession session) {
        long idle = System.currentTimeMillis() - session.getLastAccessedTime();
        return session.getMaxInactiveInterval() > 0
                && idle >= TimeUnit.SECONDS.toMillis(session.getMaxInactiveInterval());
    }

    /** Names an HTTP session; its id would be as good as the login. */
    private static String key(String id) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, KEY_BYTES);
        } catch (NoSuchAlgorithmException e) {
            // Every Java platform has the algorithm.
            throw new IllegalStateException(e);
        }
    }

    private static void endAll(String key) {
        synchronized (ENDED) {
            ENDED.put(key, System.currentTimeMillis());
        }
        Set<StompSession> connections = OPEN.remove(key);
        if (connections != null) {
            connections.forEach(connection ->
                    connection.fail(StompError.DISCONNECTED, "the HTTP session of this user has ended: log in again"));
        }
    }
}
