package io.stompline.gateway;

import io.stompline.session.StompSession;
import io.stompline.session.port.HttpSessionChange;
import io.stompline.session.protocol.StompError;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionIdListener;
import jakarta.servlet.http.HttpSessionListener;
import java.time.Instant;
import java.util.EnumSet;
import java.util.concurrent.TimeUnit;

/**
 * Ends the connections whose user the container authenticated at the handshake, when that HTTP session ends by logout
 * or by time. Servers may replicate HTTP sessions, so the other nodes are told. Thread-safe.
 */
@Dependent
@WebListener
public class LogoutListener implements HttpSessionListener, HttpSessionIdListener, ServletContextListener {
    /** The application has this class to itself. */
    private static final HttpSessions CONNECTIONS = new HttpSessions(System::currentTimeMillis);

    @Inject
    private Event<HttpSessionChange> changes;

    /**
     * Ends a connection with the HTTP session in which its user logged in.
     *
     * @param known when the container was asked who the user is
     * @return to be run when the connection is closed: forgets it
     */
    public static Runnable watch(StompSession connection, HttpSession session, Instant known) {
        return CONNECTIONS.watch(
                session,
                known.toEpochMilli(),
                () -> connection.fail(
                        StompError.DISCONNECTED,
                        "this user has logged out or the HTTP session has ended: log in again"));
    }

    /** Filters of the application may log users out as well, so ours comes before them. */
    @Override
    public void contextInitialized(ServletContextEvent event) {
        var filter = event.getServletContext().addFilter("stompline-logout", LogoutFilter.class);
        filter.setAsyncSupported(true);
        filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC), false, "/*");
    }

    @Override
    public void sessionIdChanged(HttpSessionEvent event, String oldId) {
        String oldKey = HttpSessions.key(oldId);
        String newKey = HttpSessions.key(event.getSession().getId());
        CONNECTIONS.rename(oldKey, newKey);
        changes.fire(new HttpSessionChange.Renamed(oldKey, newKey, false));
    }

    @Override
    public void sessionDestroyed(HttpSessionEvent event) {
        HttpSession session = event.getSession();
        String key = HttpSessions.key(session.getId());
        CONNECTIONS.end(key);
        changes.fire(new HttpSessionChange.Ended(key, perhapsByTime(session), false));
    }

    /** Somebody has logged out of an HTTP session that may go on, with another user perhaps. */
    void loggedOut(String id) {
        String key = HttpSessions.key(id);
        CONNECTIONS.logOut(key);
        changes.fire(new HttpSessionChange.Ended(key, true, false));
    }

    static void changedElsewhere(@Observes HttpSessionChange change) {
        if (change.elsewhere()) {
            CONNECTIONS.changedElsewhere(change);
        }
    }

    /**
     * Servlets are not told why an HTTP session ends. One that nobody used here for its time may have ended by that
     * while its user is busy on another node, or somebody invalidates it just then.
     */
    private static boolean perhapsByTime(HttpSession session) {
        long idle = System.currentTimeMillis() - session.getLastAccessedTime();
        return session.getMaxInactiveInterval() > 0
                && idle >= TimeUnit.SECONDS.toMillis(session.getMaxInactiveInterval());
    }
}
