package io.stompline.session.protocol;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A pair of heart-beat intervals (STOMP 1.2, "Heart-beating"); zero means none.
 *
 * @param send the shortest interval at which this side can send
 * @param expect the interval at which this side would like to hear from the other
 */
public record HeartBeats(Duration send, Duration expect) {
    /** No heart-beats either way. */
    public static final HeartBeats NONE = new HeartBeats(Duration.ZERO, Duration.ZERO);

    /** Thirty years: as good as any longer time, and short enough to count in nanoseconds. */
    private static final Duration LONGEST = Duration.ofMillis(999_999_999_999L);

    private static final int LONGEST_DIGITS = 12;

    private static final Pattern HEADER = Pattern.compile("\\s*(\\d+)\\s*,\\s*(\\d+)\\s*");

    /**
     * Reads a client's {@code heart-beat} header.
     *
     * @throws StompException INVALID_HEADER if it is not two numbers of milliseconds
     */
    static HeartBeats parse(String header) {
        Matcher numbers = HEADER.matcher(header);
        if (!numbers.matches()) {
            throw new StompException(
                    StompError.INVALID_HEADER, "heart-beat must be two numbers of milliseconds, such as 10000,10000");
        }
        return new HeartBeats(millis(numbers.group(1)), millis(numbers.group(2)));
    }

    /**
     * The offer for one client, which gets heart-beats as often as it wishes, and one that promises to beat more often
     * than it is asked to is taken at its word, so that a loss is noticed sooner on both sides.
     *
     * @param shortest the shortest interval either way, also if these are shorter
     */
    HeartBeats to(HeartBeats client, Duration shortest) {
        return new HeartBeats(offer(send, client.expect, shortest), offer(expect, client.send, shortest));
    }

    /**
     * The heart-beats of this side with a client that offers these: sends at {@link #send()} and expects to hear at
     * {@link #expect()}.
     */
    HeartBeats agree(HeartBeats client) {
        return new HeartBeats(agreed(send, client.expect), agreed(expect, client.send));
    }

    /** The header for CONNECTED. */
    public String header() {
        return send.toMillis() + "," + expect.toMillis();
    }

    private static Duration offer(Duration own, Duration wished, Duration shortest) {
        return own.isZero() || wished.isZero() ? own : max(shortest, min(own, wished));
    }

    private static Duration agreed(Duration sender, Duration receiver) {
        if (sender.isZero() || receiver.isZero()) {
            return Duration.ZERO;
        }
        return max(sender, receiver);
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Duration millis(String digits) {
        String significant = digits.replaceFirst("^0+(?=.)", "");
        return significant.length() > LONGEST_DIGITS ? LONGEST : Duration.ofMillis(Long.parseLong(significant));
    }
}
