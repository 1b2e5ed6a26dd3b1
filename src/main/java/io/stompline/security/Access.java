package io.stompline.security;

import java.util.Optional;

/**
 * Everything that decides on who gets in and what they may do there.
 *
 * @param admission how many may be in
 * @param authenticator who they are
 * @param throttle how often they may be wrong
 * @param control what they may do
 * @param queues how many queues they may bring into being
 */
public record Access(
        Admission admission,
        Authenticator authenticator,
        LoginThrottle throttle,
        AccessControl control,
        QueueQuota queues) {
    /**
     * Checks a login and passcode unless the login is locked, and remembers how that went. May wait for the identity store.
     *
     * @param address the client's
     * @return the caller, or nothing if they are wrong or locked
     */
    public Optional<Caller> authenticate(String login, String passcode, String address) {
        return throttle.attempt(login, address, () -> authenticator.authenticate(login, passcode));
    }
}
