package io.stompline.frame;

import java.util.Optional;

/** Reads headers that are true or false. */
public final class BooleanHeader {
    private BooleanHeader() {}

    /** {@code true} or {@code false} in any case, as Python and .NET write them; empty if it is neither. */
    public static Optional<Boolean> parse(String value) {
        if (value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false")) {
            return Optional.of(value.equalsIgnoreCase("true"));
        }
        return Optional.empty();
    }
}
