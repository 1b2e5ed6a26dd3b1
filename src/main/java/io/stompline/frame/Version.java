package io.stompline.frame;

import java.util.Optional;

/** The versions of STOMP, oldest first. */
public enum Version {
    /** STOMP 1.0: no escapes, no heart-beats. */
    V1_0("1.0"),
    /** STOMP 1.1: escapes for line feed, colon and backslash. */
    V1_1("1.1"),
    /** STOMP 1.2: carriage return, too, is escaped. */
    V1_2("1.2");

    private final String number;

    Version(String number) {
        this.number = number;
    }

    /** As it stands in {@code accept-version} and {@code version}. */
    public String number() {
        return number;
    }

    /** The name that transports negotiate it by, such as {@code v12.stomp}. */
    public String subprotocol() {
        return "v" + number.replace(".", "") + ".stomp";
    }

    /** Whether this is {@code other} or newer. */
    public boolean isAtLeast(Version other) {
        return compareTo(other) >= 0;
    }

    /** The version with that number. */
    public static Optional<Version> ofNumber(String number) {
        for (Version version : values()) {
            if (version.number.equals(number)) {
                return Optional.of(version);
            }
        }
        return Optional.empty();
    }

    /** The version that transports negotiate by that name. */
    public static Optional<Version> ofSubprotocol(String subprotocol) {
        for (Version version : values()) {
            if (version.subprotocol().equals(subprotocol)) {
                return Optional.of(version);
            }
        }
        return Optional.empty();
    }
}
