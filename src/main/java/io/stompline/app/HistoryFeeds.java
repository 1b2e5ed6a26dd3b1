package io.stompline.app;

import io.stompline.config.Setting;
import io.stompline.history.History;
import io.stompline.routing.BusException;
import io.stompline.routing.Destination;
import io.stompline.routing.hub.Routes;
import java.util.ArrayList;
import java.util.List;

/**
 * Opens what a node consumes all the time to keep a history, as soon as the message broker is there. One thread at a
 * time.
 */
final class HistoryFeeds {
    private static final System.Logger LOG = System.getLogger(HistoryFeeds.class.getName());

    private final Routes routes;
    private final List<Runnable> missing = new ArrayList<>();

    /**
     * Opens what can be opened now.
     *
     * @throws IllegalArgumentException if the message broker will never bring the messages of a rule
     */
    HistoryFeeds(History history, Routes routes) {
        this.routes = routes;
        history.patterns().forEach(pattern -> missing.add(() -> keep(pattern)));
        if (history.keepsMessagesToUsers()) {
            missing.add(routes.users()::consume);
        }
        open();
    }

    private void keep(Destination pattern) {
        try {
            routes.router().keep(pattern);
        } catch (BusException e) {
            if (e.reason() == BusException.Reason.REFUSED || e.reason() == BusException.Reason.BAD_DESTINATION) {
                throw new IllegalArgumentException(
                        "no history can be kept of " + pattern + " (" + Setting.HISTORY.key() + "): " + e.getMessage(),
                        e);
            }
            throw e;
        }
    }

    /** Opens what could not be opened yet. May wait for the message broker. */
    void open() {
        missing.removeIf(HistoryFeeds::isOpened);
    }

    private static boolean isOpened(Runnable feed) {
        try {
            feed.run();
            return true;
        } catch (BusException e) {
            LOG.log(System.Logger.Level.DEBUG, "a history is not kept yet: {0}", e.getMessage());
            return false;
        }
    }
}
