package io.stompline.websocket;

import io.stompline.session.StompSession;
import io.stompline.session.protocol.StompError;
import jakarta.servlet.annotation.WebListener;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionIdListener;
import jakarta.servlet.http.HttpSessionListener;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Ends the connections whose user the container authenticated at the handshake, when that HTTP session ends by logout
 * or by time (Jakarta WebSocket 2.1, 7.2). Tyrus (seen in 2.1.5) does so for the newest connection of an HTTP session
 * only. Thread-safe.
 */
@WebListener
public class LogoutListener implements HttpSessionListener, HttpSessionIdListener {
    /** Connections by the id of their HTTP session; the application has this class to itself. */
    private static final Map<String, Set<StompSession>> OPEN = new ConcurrentHashMap<>();

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
        OPEN.compute(id, (unused, those) -> with(connection, those));
        // Perhaps before it was entered above.
        if (hasEnded(session)) {
            endAll(id);
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
            session.getCreationTime();
            return false;
        } catch (IllegalStateException invalidated) {
            return true;
        }
    }

    private static void forget(HttpSession session, StompSession connection) {
        if (!hasEnded(session)) {
            OPEN.computeIfPresent(session.getId(), (unused, those) -> {
                those.remove(connection);
                return those.isEmpty() ? null : those;
            });
        }
    }

    @Override
    public void sessionIdChanged(HttpSessionEvent event, String oldId) {
        move(oldId, event.getSession().getId());
    }

    private static void move(String oldId, String newId) {
        Set<StompSession> connections = OPEN.remove(oldId);
        if (connections != null) {
            OPEN.merge(newId, connections, LogoutListener::together);
        }
    }

    private static Set<StompSession> together(Set<StompSession> some, Set<StompSession> others) {
        some.addAll(others);
        return some;
    }

    @Override
    public void sessionDestroyed(HttpSessionEvent event) {
        endAll(event.getSession().getId());
    }

    private static void endAll(String id) {
        Set<StompSession> connections = OPEN.remove(id);
        if (connections != null) {
            connections.forEach(connection ->
                    connection.fail(StompError.DISCONNECTED, "the HTTP session of this user has ended: log in again"));
        }
    }
}
