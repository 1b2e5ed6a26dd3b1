package io.stompline.security;

import io.stompline.config.Setting;
import io.stompline.config.Settings;
import io.stompline.routing.Destination;
import io.stompline.security.quota.DestinationQuota;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The parts that decide who may connect and what a caller may do. Thread-safe.
 *
 * @param admission limits the number of connections
 * @param ways ways to log in that are open
 * @param authenticator checks passcodes
 * @param checks check credentials of other kinds, such as tokens
 * @param tickets redeems tickets
 * @param throttle limits wrong passcodes and tickets
 * @param permissions decides what a caller may do
 */
public record Access(
        Admission admission,
        Set<Credentials.Way> ways,
        Authenticator authenticator,
        List<CredentialsCheck> checks,
        TicketVerifier tickets,
        LoginThrottle throttle,
        Permissions permissions) {

    /**
     * The settings of logins.
     *
     * @param ways ways to log in that are open
     * @param limits wrong passcodes after which further ones are refused
     */
    public record Logins(Set<Credentials.Way> ways, LoginThrottle.Limits limits) {
        static Logins from(Settings settings) {
            return new Logins(
                    Credentials.Way.from(settings),
                    new LoginThrottle.Limits(
                            settings.number(Setting.LOGIN_MAX_FAILURES),
                            settings.number(Setting.LOGIN_MAX_FAILURES_PER_ADDRESS),
                            settings.time(Setting.LOGIN_LOCK_TIME)));
        }
    }

    /**
     * The parts that decide, as the application has them.
     *
     * @param authenticator checks passcodes
     * @param tickets redeems tickets
     * @param control decides what a caller may do
     */
    public record Ports(Authenticator authenticator, TicketVerifier tickets, AccessControl control) {}

    private static final Authentication WRONG =
            new Authentication.Refused("the server did not accept the login and passcode");

    private static final Authentication NOTHING_SHOWN = new Authentication.Refused(
            "this CONNECT has neither a header login nor a token, and the user of the handshake is not known");

    private static final Authentication KNOWN_TICKET =
            new Authentication.Refused("the ticket is refused: it was refused before");

    private static final Authentication FOREIGN_PAGE = new Authentication.Refused(
            "this page is of another origin than the server, so that its CONNECT needs a ticket"
                    + " (StompTickets), a token or a login with passcode: the login of the container is not enough");

    private static final Authentication LOCKED = new Authentication.Refused("too many logins failed; wait a while ("
            + Setting.LOGIN_MAX_FAILURES.key() + ", " + Setting.LOGIN_MAX_FAILURES_PER_ADDRESS.key() + ", "
            + Setting.LOGIN_LOCK_TIME.key() + ")");

    /**
     * Access as the settings say.
     *
     * @param checks check credentials of other kinds than passcodes and tickets
     * @param reserved names that belong to the message broker
     */
    public static Access of(
            SecuritySettings settings, Ports ports, List<CredentialsCheck> checks, Predicate<Destination> reserved) {
        return new Access(
                new Admission(settings.admission(), System::nanoTime),
                settings.logins().ways(),
                ports.authenticator(),
                checks,
                ports.tickets(),
                new LoginThrottle(settings.logins().limits(), System::nanoTime),
                new Permissions(
                        ports.control(),
                        new DestinationQuota(
                                settings.maxQueuesPerUser(), settings.quotas().maxTopics(), System::nanoTime),
                        reserved));
    }

    /**
     * Checks the credentials of a CONNECT if their way to log in is open. May wait for the identity store
     * or the message broker.
     *
     * @param address the client's
     */
    public Authentication login(Credentials credentials, String address) {
        Optional<Credentials.Way> closed = credentials.way().filter(way -> !ways.contains(way));
        return closed.isPresent()
                ? new Authentication.Refused(
                        "logins by " + closed.get().word() + " are closed here (" + Setting.LOGIN_WAYS.key() + ")")
                : authenticate(credentials, address);
    }

    /**
     * Checks credentials, passcodes and tickets only unless they are locked, and remembers how that went. May wait for
     * the identity store or the message broker.
     *
     * @param address the client's
     */
    public Authentication authenticate(Credentials credentials, String address) {
        if (credentials instanceof Credentials.ContainerCaller known) {
            return known.foreignPage() ? FOREIGN_PAGE : new Authentication.Accepted(known.caller());
        }
        if (credentials instanceof Credentials.Ticket ticket) {
            return redeem(ticket, address);
        }
        if (credentials instanceof Credentials.Passcode passcode) {
            return attempt(passcode, address);
        }
        return checks.stream()
                .flatMap(check -> check.check(credentials).stream())
                .findFirst()
                .orElse(NOTHING_SHOWN);
    }

    /** Whether a passcode without a login may be a token that is right. */
    public boolean takesLoneTokens() {
        return checks.stream().anyMatch(CredentialsCheck::takesLoneTokens);
    }

    /** A ticket that was refused is not looked at again: another node may have to be asked for it. */
    private Authentication redeem(Credentials.Ticket ticket, String address) {
        return switch (throttle.begin(ticket, address)) {
            case LOCKED -> LOCKED;
            case KNOWN_WRONG -> KNOWN_TICKET;
            case LATER -> new Authentication.Pending(() -> throttle.hasRoom(address));
            case NOW -> check(ticket, address);
        };
    }

    private Authentication check(Credentials.Ticket ticket, String address) {
        boolean open = false;
        boolean wrong = false;
        try {
            Authentication outcome = tickets.redeem(ticket);
            open = outcome instanceof Authentication.Pending;
            wrong = outcome instanceof Authentication.Refused refused && refused.checked();
            return outcome;
        } finally {
            if (!open) {
                throttle.end(ticket, address, wrong);
            }
        }
    }

    private Authentication attempt(Credentials.Passcode passcode, String address) {
        Optional<Caller> found = throttle.attempt(passcode, address, () -> authenticator.authenticate(passcode));
        if (found.isPresent()) {
            return new Authentication.Accepted(found.get());
        }
        return throttle.isLocked(passcode.login(), address) ? LOCKED : WRONG;
    }
}
