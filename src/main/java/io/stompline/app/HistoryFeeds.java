package io.stompline.app;

import io.stompline.bounds.OnceLog;
import io.stompline.config.Setting;
import io.stompline.history.History;
import io.stompline.routing.Audience;
import io.stompline.routing.BusException;
import io.stompline.routing.Destination;
import io.stompline.routing.hub.Routes;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Opens what a node consumes all the time to keep messages, as soon as the message broker is there. Thread-safe.
 */
final class HistoryFeeds {
    private static final System.Logger LOG = System.getLogger(HistoryFeeds.class.getName());

    private final OnceLog refused = new OnceLog(LOG);
    private final History history;
    private final Routes routes;
    private final List<Destination> missing = new CopyOnWriteArrayList<>();
    /** Those that the message broker refuses. */
    private final Set<Destination> hopeless = ConcurrentHashMap.newKeySet();

    private final AtomicBoolean trying = new AtomicBoolean();

    /**
     * Opens what can be opened now.
     *
     * @throws IllegalArgumentException if the message broker will never bring the messages of a rule
     */
    HistoryFeeds(History history, Routes routes) {
        this.history = history;
        this.routes = routes;
        missing.addAll(history.patterns());
        if (history.keepsMessagesToUsers()) {
            missing.add(Audience.CARRIER);
        }
        for (Destination pattern : List.copyOf(missing)) {
            tryAtStart(pattern);
        }
    }

    private void tryAtStart(Destination pattern) {
        try {
            open(pattern);
        } catch (BusException e) {
            if (isFinal(e)) {
                throw new IllegalArgumentException(fault(pattern, e), e);
            }
        }
    }

    /** Opens what could not be opened yet, unless the last try still waits for the message broker. */
    void openLater(Executor lane) {
        if (trying.compareAndSet(false, true)) {
            lane.execute(this::openMissing);
        }
    }

    private void openMissing() {
        try {
            List.copyOf(missing).forEach(this::tryAgain);
        } finally {
            trying.set(false);
        }
    }

    private void tryAgain(Destination pattern) {
        try {
            open(pattern);
        } catch (BusException e) {
            if (isFinal(e)) {
                refused.log(System.Logger.Level.ERROR, pattern, fault(pattern, e));
                hopeless.add(pattern);
            }
        }
    }

    private void open(Destination pattern) {
        if (pattern.equals(Audience.CARRIER)) {
            routes.users().consume();
        } else {
            routes.router().keep(pattern);
        }
        history.consumed(pattern);
        missing.remove(pattern);
    }

    /** Whether all is open that can be. */
    boolean areOpen() {
        return hopeless.containsAll(missing);
    }

    private static boolean isFinal(BusException e) {
        return e.reason() == BusException.Reason.REFUSED || e.reason() == BusException.Reason.BAD_DESTINATION;
    }

    private String fault(Destination pattern, BusException e) {
        boolean values = history.keepsValues(pattern);
        return (values ? "no last value" : "no history") + " can be kept of " + pattern + " ("
                + (values ? Setting.LAST_VALUE : Setting.HISTORY).key() + "): " + e.getMessage();
    }
}
