package io.stompline.gateway;

import io.stompline.config.Setting;
import io.stompline.config.Settings;
import java.time.Duration;
import java.util.List;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;

/**
 * When each connection of a node that stops ends, and when its client should come again: neither this server nor the
 * one that takes the clients has to deal with all of them at once.
 *
 * @param spread the longest time from the first end to the last
 */
public record StopPlan(Duration spread) {
    /** A few connections do not keep the server from its stop. */
    private static final Duration LONGEST_INTERVAL = Duration.ofMillis(100);

    /** How long a connection may take to carry out what was received, and its client to acknowledge. */
    private static final Duration LONGEST_PATIENCE = Duration.ofSeconds(2);

    /** An end is noticed, and begun, by a tick. */
    private static final Duration LEEWAY = Duration.ofMillis(500);

    private static final Duration SOONEST_RETRY = Duration.ofSeconds(1);
    private static final Duration LONGEST_WINDOW = Duration.ofSeconds(30);
    private static final int RETRIES_PER_SECOND = 100;

    /**
     * The end of one connection.
     *
     * @param after when it is given notice, from the beginning of the stop
     * @param retryAfter when its client should come again, from its end
     */
    public record Turn(Duration after, Duration retryAfter) {}

    /** As the settings say. */
    public static StopPlan from(Settings settings) {
        return new StopPlan(settings.time(Setting.STOP_SPREAD));
    }

    /**
     * A turn for each connection, the first at once, at even intervals. Clients come again at random, 100 in a second
     * on average, but within half a minute.
     *
     * @param random a number from 0 to below its argument
     */
    List<Turn> turns(int connections, LongUnaryOperator random) {
        long interval = Math.min(LONGEST_INTERVAL.toNanos(), spread.toNanos() / Math.max(1, connections));
        return LongStream.range(0, connections)
                .mapToObj(turn -> new Turn(Duration.ofNanos(turn * interval), retryAfter(connections, random)))
                .toList();
    }

    /** How long a connection has from its turn to its end. */
    Duration patience() {
        return spread.compareTo(LONGEST_PATIENCE) < 0 ? spread : LONGEST_PATIENCE;
    }

    /** When the last connection should have ended, from the beginning of the stop. */
    public Duration longest() {
        return spread.plus(patience()).plus(LEEWAY);
    }

    /** When a client should come again, one of so many. */
    static Duration retryAfter(int connections, LongUnaryOperator random) {
        long window = Math.min(LONGEST_WINDOW.toMillis(), Math.max(1, connections / RETRIES_PER_SECOND) * 1_000L);
        return SOONEST_RETRY.plusMillis(random.applyAsLong(window));
    }
}
