package io.stompline.security;

import java.util.Optional;

/**
 * Port: finds out who connects. Thread-safe. May block; never called on a thread that serves HTTP or reads a transport.
 */
public interface Authenticator {
    /**
     * Checks a login with its passcode.
     *
     * @return the caller; empty if they are wrong. A failure to check counts as wrong
     */
    Optional<Caller> authenticate(Credentials.Passcode passcode);
}
