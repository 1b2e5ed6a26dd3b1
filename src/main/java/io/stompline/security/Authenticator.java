package io.stompline.security;

import java.util.Optional;

/** Port: finds out who connects. Thread-safe. May block; never called on a thread that serves HTTP or reads a transport. */
public interface Authenticator {
    /**
     * Checks a login and passcode.
     *
     * @return the caller, or nothing if they are wrong; a failure to check counts as wrong
     */
    Optional<Caller> authenticate(String login, String passcode);
}
