package io.stompline.bench;

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
 * @param perSecond the rate of each publisher whatever comes back (open loop), or 0 to send as fast as the window allows
 * @param acknowledges whether subscribers acknowledge each message
 * @param stalls whether one subscriber stops reading after the warm-up, and is counted no more
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
        boolean acknowledges,
        boolean stalls) {

    static final String LOCAL = "/topic/bench-local/";

    boolean isOpenLoop() {
        return perSecond > 0;
    }
}
