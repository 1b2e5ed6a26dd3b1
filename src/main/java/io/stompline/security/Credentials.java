package io.stompline.security;

/** The proof of identity that a client presents. */
public sealed interface Credentials {
    /**
     * Login and passcode of CONNECT (STOMP 1.2, "CONNECT or STOMP Frame") or of HTTP Basic.
     *
     * @param login names the user
     * @param passcode secret; not in the text form
     */
    record Passcode(String login, String passcode) implements Credentials {
        @Override
        public String toString() {
            return "passcode of " + login.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "?");
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

    /** The container authenticated the caller at the handshake. */
    record ContainerCaller(Caller caller) implements Credentials {}

    /** No credentials were presented. */
    record None() implements Credentials {}
}
