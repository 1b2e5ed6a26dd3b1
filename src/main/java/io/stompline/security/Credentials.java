package io.stompline.security;

/** What somebody shows to prove who it is. */
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
            return "passcode of " + login.replaceAll("\\p{C}", "?");
        }
    }

    /** The container authenticated the caller at the handshake. */
    record ContainerCaller(Caller caller) implements Credentials {}

    /** Nothing was shown. */
    record None() implements Credentials {}
}
