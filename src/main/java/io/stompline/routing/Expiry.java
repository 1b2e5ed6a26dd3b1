package io.stompline.routing;

import io.stompline.frame.Headers;
import io.stompline.routing.BusException.Reason;

/** Reads when a message ends: the header {@code expires}. */
public final class Expiry {
    /** The moment in milliseconds since 1970, 0 for never. */
    public static final String HEADER = "expires";

    /** Later than any moment. */
    public static final long NEVER = Long.MAX_VALUE;

    private Expiry() {}

    /**
     * The end in milliseconds since 1970, or {@link #NEVER}.
     *
     * @throws BusException BAD_HEADER if it cannot be read
     */
    public static long millis(Headers headers) {
        String text = headers.first(HEADER).orElse("");
        if (text.isEmpty()) {
            return NEVER;
        }
        try {
            long millis = Long.parseLong(text);
            if (millis >= 0) {
                return millis == 0 ? NEVER : millis;
            }
            throw unreadable();
        } catch (NumberFormatException notANumber) {
            throw unreadable();
        }
    }

    private static BusException unreadable() {
        return new BusException(Reason.BAD_HEADER, "the header " + HEADER + " must be milliseconds since 1970");
    }
}
