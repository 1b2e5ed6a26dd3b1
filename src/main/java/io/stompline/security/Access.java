package io.stompline.security;

import io.stompline.config.Setting;
import io.stompline.routing.Destination;
import io.stompline.security.quota.TopicQuota;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The parts that decide who may connect and what a caller may do. Thread-safe.
 *
 * @param admission limits the number of connections
 * @param ways ways to log in that are open
 * @param authenticator checks passcodes
 * @param tokens checks tokens
 * @param throttle limits wrong passcodes
 * @param permissions decides what a caller may do
 */
public record Access(
        Admission admission,
        Set<LoginWay> ways,
        Authenticator authenticator,
        TokenVerifier tokens,
        LoginThrottle throttle,
        Permissions permissions) {
    private static final Authentication WRONG =
            new Authentication.Refused("the server did not accept the login and passcode of this CONNECT");

    private static final Authentication NOTHING_SHOWN =
            new Authentication.Refused("this CONNECT has no login, and the user of the handshake is not known");

    private static final Authentication LOCKED = new Authentication.Refused("too many logins failed; wait a while ("
            + Setting.LOGIN_MAX_FAILURES.key() + ", " + Setting.LOGIN_MAX_FAILURES_PER_ADDRESS.key() + ", "
            + Setting.LOGIN_LOCK_TIME.key() + ")");

    /**
     * Access as the settings say.
     *
     * @param authenticator checks passcodes
     * @param tokens checks tokens
     * @param control decides what a caller may do
     * @param reserved names that belong to the message broker
     */
    public static Access of(
            SecuritySettings settings,
            Authenticator authenticator,
            TokenVerifier tokens,
            AccessControl control,
            Predicate<Destination> reserved) {
        return new Access(
                new Admission(settings.admission(), System::nanoTime),
                settings.ways(),
                authenticator,
                tokens,
                new LoginThrottle(settings.loginLimits(), System::nanoTime),
                new Permissions(
                        control,
                        new QueueQuota(settings.maxQueuesPerUser()),
                        new TopicQuota(settings.quotas().maxTopics(), System::nanoTime),
                        reserved));
    }

    /**
     * Checks the credentials of a CONNECT if their way to log in is open. May wait for the identity store.
     *
     * @param address the client's
     */
    public Authentication login(Credentials credentials, String address) {
        Optional<LoginWay> closed = LoginWay.of(credentials).filter(way -> !ways.contains(way));
        return closed.isPresent()
                ? new Authentication.Refused(
                        "logins by " + closed.get().word() + " are closed here (" + Setting.LOGIN_WAYS.key() + ")")
                : authenticate(credentials, address);
    }

    /**
     * Checks credentials, a passcode only unless its login is locked, and remembers how that went. May wait for the
     * identity store.
     *
     * @param address the client's
     */
    public Authentication authenticate(Credentials credentials, String address) {
        if (credentials instanceof Credentials.ContainerCaller known) {
            return new Authentication.Accepted(known.caller());
        }
        if (credentials instanceof Credentials.Token token) {
            return tokens.verify(token);
        }
        return credentials instanceof Credentials.Passcode passcode ? attempt(passcode, address) : NOTHING_SHOWN;
    }

    private Authentication attempt(Credentials.Passcode passcode, String address) {
        Optional<Caller> found = throttle.attempt(passcode, address, () -> authenticator.authenticate(passcode));
        if (found.isPresent()) {
            return new Authentication.Accepted(found.get());
        }
        return throttle.isLocked(passcode.login(), address) ? LOCKED : WRONG;
    }
}
