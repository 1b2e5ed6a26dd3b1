package io.stompline.security;

import io.stompline.bounds.Printable;
import java.util.Optional;

/** The proof of identity that a client presents. */
public sealed interface Credentials {
    /** Whom they claim to be of, as far as they say so before they are checked. */
    default Optional<String> user() {
        return Optional.empty();
    }

    /**
     * Login and passcode of CONNECT (STOMP 1.2, "CONNECT or STOMP Frame") or of HTTP Basic.
     *
     * @param login names the user
     * @param passcode secret; not in the text form
     */
    record Passcode(String login, String passcode) implements Credentials {
        @Override
        public Optional<String> user() {
            return Optional.of(login);
        }

        @Override
        public String toString() {
            return "passcode of " + Printable.of(login);
        }
    }

    /**
     * A bearer token (RFC 6750): {@code Authorization} of CONNECT, a passcode without a login, or the body of a
     * renewal.
     *
     * @param text secret; not in the text form
     */
    record Token(String text) implements Credentials {
        @Override
        public String toString() {
            return "token";
        }
    }

    /**
     * A ticket: passcode of CONNECT without a login.
     *
     * @param text secret; not in the text form
     */
    record Ticket(String text) implements Credentials {
        /** Begins every ticket, and no token: JSON Web Tokens have no {@code ~} (RFC 7515, 7.1). */
        public static final String PREFIX = "ticket~";

        /** Whether a passcode without a login is meant as a ticket. */
        public static boolean isOne(String passcode) {
            return passcode.startsWith(PREFIX);
        }

        @Override
        public String toString() {
            return "ticket";
        }
    }

    /**
     * The container authenticated the caller at the handshake.
     *
     * @param foreignPage whether a web page of another origin opened the connection: the browser adds cookies, and
     *     perhaps the user knows nothing of it
     */
    record ContainerCaller(Caller caller, boolean foreignPage) implements Credentials {
        @Override
        public Optional<String> user() {
            return Optional.of(caller.name());
        }
    }

    /** No credentials were presented. */
    record None() implements Credentials {}
}
