package io.stompline.bench;

import java.util.Set;

/**
 * Messages from publishers to subscribers.
 *
 * @param id names it on the command line
 * @param title names it in tables
 * @param destination begins the destination of each publisher
 * @param publishers each with a destination of its own
 * @param subscribers of each publisher
 * @param bodyOctets length of every body
 * @param window how many messages of a publisher may be under way, if there is no rate
 * @param perSecond the rate of each publisher whatever comes back (open loop), or 0 to send as fast as the window
 *     allows
 * @param habits what clients do besides
 */
record Scenario(
        String id,
        String title,
        String destination,
        int publishers,
        int subscribers,
        int bodyOctets,
        int window,
        double perSecond,
        Set<Habit> habits) {

    static final String LOCAL = "/topic/bench-local/";
    static final String HISTORY = "/topic/bench-history/";
    static final String LAST_VALUE = "/topic/bench-last/";
    static final String PRESENCE = "/topic/bench-presence/";
    static final String MAY_DROP = "/topic/bench-may-drop/";

    /** What clients do besides sending and receiving. */
    enum Habit {
        /** Subscribers acknowledge each message. */
        ACKNOWLEDGE,
        /** Publishers ask for a receipt of each message, which is under way until that has come, too. */
        ASK_FOR_RECEIPTS,
        /** Publishers say that messages need not survive the server, which some servers take for granted. */
        DO_WITHOUT_DISK,
        /** Bodies are JSON, and the octets on the line are counted. */
        SEND_JSON,
        /** Subscribers offer to take compressed messages. */
        OFFER_COMPRESSION,
        /** Subscribers have a stream of plain HTTP. */
        READ_STREAM,
        /** Subscribers poll. */
        POLL,
        /** Publishers send requests of plain HTTP. */
        SEND_REQUESTS,
        /** One subscriber stops reading after the warm-up, and is counted no more. */
        STALL,
        /** One subscriber reads little after the warm-up, and is counted by itself. */
        READ_SLOWLY,
        /**
         * All stand still for a moment before and after the measured time, for the memory of the server to be taken.
         */
        PAUSE_TO_WEIGH
    }

    boolean isOpenLoop() {
        return perSecond > 0;
    }

    boolean has(Habit habit) {
        return habits.contains(habit);
    }

    /** How messages come to subscribers. */
    Way wayOfSubscribers() {
        return has(Habit.POLL) ? Way.POLLS : has(Habit.READ_STREAM) ? Way.STREAM : Way.WEBSOCKET;
    }

    /** How publishers send messages; nothing comes to them. */
    Way wayOfPublishers() {
        return has(Habit.SEND_REQUESTS) ? Way.STREAM : Way.WEBSOCKET;
    }
}
