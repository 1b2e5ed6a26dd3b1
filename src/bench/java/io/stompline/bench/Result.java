package io.stompline.bench;

import java.util.List;

/**
 * What one scenario measured.
 *
 * @param unit what is counted: deliveries or connections
 * @param cpuMicros CPU time of the server for each
 * @param p50Millis latency: for a delivery from SEND (open loop: when it was due), for a connection from its opening to
 *     the RECEIPT of SUBSCRIBE
 * @param memoryKib memory of the server for each, 0 if it was not measured
 * @param figures what else there is to count
 * @param note what else there is to say, in words; may be empty
 */
record Result(
        String id,
        String title,
        String unit,
        double perSecond,
        double cpuMicros,
        double p50Millis,
        double p99Millis,
        long lost,
        long duplicated,
        long outOfOrder,
        double memoryKib,
        List<Figure> figures,
        String note) {
    static final String DELIVERIES = "deliveries";

    /** Whether messages were counted. */
    boolean countsMessages() {
        return unit.equals(DELIVERIES);
    }
}
