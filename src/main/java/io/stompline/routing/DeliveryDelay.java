package io.stompline.routing;

import io.stompline.frame.Headers;
import io.stompline.routing.BusException.Reason;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * Reads how long a message waits at the message broker before anybody gets it: the header {@code delivery-delay}.
 *
 * <p>The headers by which ActiveMQ and RabbitMQ delay a message mean the same. Headers by which they schedule it in
 * another way are refused: ignored, they would deliver at once.
 */
public final class DeliveryDelay {
    private static final String HEADER = "delivery-delay";
    private static final Set<String> SAME = Set.of(HEADER, "AMQ_SCHEDULED_DELAY", "x-delay");

    /** Begins the headers of ActiveMQ's scheduler: {@code AMQ_SCHEDULED_CRON}, {@code AMQ_SCHEDULER_ACTION}, …. */
    private static final String SCHEDULE_PREFIX = "AMQ_SCHEDULE";

    /** Artemis: when to deliver, milliseconds since 1970. */
    private static final String SCHEDULED_MOMENT = "_AMQ_SCHED_DELIVERY";

    private static final long MAX_MILLIS = Duration.ofDays(30).toMillis();

    private DeliveryDelay() {}

    /** Whether a header of that name asks for a later delivery. */
    public static boolean isHeader(String name) {
        return SAME.contains(name) || isSchedule(name);
    }

    /**
     * The delay in milliseconds; 0 for none.
     *
     * @throws BusException BAD_HEADER if it cannot be read, or asks for more than a delay
     */
    public static long millis(Headers headers) {
        Set<Long> delays = new HashSet<>();
        headers.firstOfEach(DeliveryDelay::isHeader).forEach((name, value) -> {
            if (!value.isEmpty()) {
                delays.add(read(name, value));
            }
        });
        if (delays.size() > 1) {
            throw bad("the headers that delay the message name different times; " + HEADER + " alone will do");
        }
        return delays.stream().findFirst().orElse(0L);
    }

    /**
     * Refuses a delay where there is no message broker that could keep the message.
     *
     * @param why the subject and verb of a sentence
     * @throws BusException BAD_HEADER
     */
    public static void checkNone(Headers headers, String why) {
        if (millis(headers) > 0) {
            throw bad(why + " at once, so the header " + HEADER + " is for other topics and for queues");
        }
    }

    private static long read(String name, String value) {
        if (isSchedule(name) && !SAME.contains(name)) {
            throw bad("the header " + name + " is not supported; " + HEADER
                    + " delays one delivery by a number of milliseconds");
        }
        try {
            long millis = Long.parseLong(value);
            if (millis >= 0 && millis <= MAX_MILLIS) {
                return millis;
            }
            throw outOfRange(name);
        } catch (NumberFormatException notANumber) {
            throw outOfRange(name);
        }
    }

    private static boolean isSchedule(String name) {
        return name.startsWith(SCHEDULE_PREFIX) || name.equals(SCHEDULED_MOMENT);
    }

    private static BusException outOfRange(String name) {
        return bad("the header " + name + " must be a number of milliseconds from 0 to " + MAX_MILLIS + " (30 days)");
    }

    private static BusException bad(String detail) {
        return new BusException(Reason.BAD_HEADER, detail);
    }
}
