package io.stompline.session.port;

import java.util.List;

/** Port to the connected sessions of this node. Thread-safe. */
public interface SessionDirectory {
    /** Every session that has logged in and not ended. */
    List<SessionView> connected();

    /** How many those are, without a list of them. */
    Count count();

    /**
     * Numbers at about one moment: sessions begin and end meanwhile.
     *
     * @param sessions how many have logged in and not ended
     * @param subscriptions how many they have
     */
    record Count(int sessions, int subscriptions) {}
}
