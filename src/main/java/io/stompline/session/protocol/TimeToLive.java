package io.stompline.session.protocol;

import io.stompline.frame.Headers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Turns the headers by which RabbitMQ says how long a message lives, milliseconds from the SEND, into the moment at
 * which it ends: {@code expires}.
 */
public final class TimeToLive {
    private static final String MOMENT = "expires";
    private static final String EXPIRATION = "expiration";

    /** At RabbitMQ that of a queue, made by the SEND if there is none. */
    private static final String MESSAGE_TTL = "x-message-ttl";

    private static final Set<String> SPANS = Set.of(EXPIRATION, MESSAGE_TTL);

    /** RabbitMQ counts milliseconds in 32 bits. */
    private static final long MAX_MILLIS = 0xffff_ffffL;

    /** A moment; 0 is none. */
    private static final Pattern MILLIS = Pattern.compile("[1-9][0-9]{0,17}");

    /** Longer than the clock of a client is wrong. */
    private static final Duration LONG_AGO = Duration.ofDays(365);

    private static final long NONE = Long.MAX_VALUE;

    private TimeToLive() {}

    /**
     * The headers with the moment in place of the spans, of which the shortest counts.
     *
     * @throws StompException INVALID_HEADER if a span cannot be read, or stands beside a moment, or a moment is so long
     *     ago that it must be a span: the message would be gone without a word
     */
    public static Headers asMoment(Headers headers, InstantSource clock) {
        long span = Math.min(millis(headers, EXPIRATION), millis(headers, MESSAGE_TTL));
        if (span == NONE) {
            checkMoment(headers, clock);
            return headers;
        }
        if (!headers.first(MOMENT).orElse("").isEmpty()) {
            throw invalid("the header " + MOMENT
                    + " says when the message ends, and another says how long it lives: one of" + " them will do");
        }
        return new Headers.Builder()
                .addAll(headers.firstOfEach(name -> !SPANS.contains(name) && !name.equals(MOMENT)))
                .add(MOMENT, Long.toString(clock.millis() + span))
                .build();
    }

    private static void checkMoment(Headers headers, InstantSource clock) {
        String value = headers.first(MOMENT).orElse("");
        if (MILLIS.matcher(value).matches() && Long.parseLong(value) < clock.millis() - LONG_AGO.toMillis()) {
            throw invalid("the header " + MOMENT + " must be a moment, in milliseconds since 1970, and " + value
                    + " is more than a year ago; the header " + EXPIRATION + " takes milliseconds from now");
        }
    }

    private static long millis(Headers headers, String name) {
        String value = headers.first(name).orElse("");
        if (value.isEmpty()) {
            return NONE;
        }
        try {
            long millis = Long.parseLong(value);
            if (millis > 0 && millis <= MAX_MILLIS) {
                return millis;
            }
            throw unreadable(name);
        } catch (NumberFormatException notANumber) {
            throw unreadable(name);
        }
    }

    private static StompException unreadable(String name) {
        return invalid("the header " + name + " must be a number of milliseconds from 1 to " + MAX_MILLIS);
    }

    private static StompException invalid(String detail) {
        return new StompException(StompError.INVALID_HEADER, detail);
    }
}
