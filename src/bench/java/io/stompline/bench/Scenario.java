package io.stompline.bench;

import java.util.List;

/**
 * Messages of 100 octets from publishers to subscribers.
 *
 * @param id names it on the command line
 * @param title names it in tables
 * @param destination begins the destination of each publisher
 * @param publishers each with a destination of its own
 * @param subscribers of each publisher
 * @param window how many messages of a publisher may be under way, if there is no rate
 * @param perSecond the rate of each publisher whatever comes back (open loop), or 0 to send as fast as the window allows
 * @param acknowledges whether subscribers acknowledge each message
 */
record Scenario(
        String id,
        String title,
        String destination,
        int publishers,
        int subscribers,
        int window,
        double perSecond,
        boolean acknowledges) {

    static final String LOCAL = "/topic/bench-local/";

    static final List<Scenario> ALL = List.of(
            new Scenario("fan-out-100", "1 → 100, saturating", "/topic/bench/100/", 1, 100, 20, 0, false),
            new Scenario("fan-out-1000", "1 → 1,000, saturating", "/topic/bench/1000/", 1, 1000, 20, 0, false),
            new Scenario("open-loop", "1 → 100, 100 messages/s", "/topic/bench/rate/", 1, 100, 0, 100, false),
            new Scenario("pairs", "50 pairs", "/topic/bench/pair/", 50, 1, 20, 0, false),
            new Scenario("pairs-local", "50 pairs, local topics", LOCAL, 50, 1, 20, 0, false),
            new Scenario("queue", "queue, client-individual", "/queue/bench/", 1, 1, 50, 0, true));

    boolean isOpenLoop() {
        return perSecond > 0;
    }
}
