package io.stompline.session;

import io.stompline.frame.Version;
import io.stompline.security.Caller;
import io.stompline.security.quota.SendRate;
import java.time.Instant;
import java.util.Optional;

/**
 * The known facts about the client of one connection: none before CONNECTED. Written on the lane, read on any thread.
 */
final class LoginState {
    /** The parts of a connection from CONNECTED on. */
    record LoggedIn(Login login, Conversation conversation, SendRate rate, Instant since) {}

    private volatile Version version = Version.V1_0;
    private volatile Optional<LoggedIn> loggedIn = Optional.empty();

    /** The version in which frames to the client are written; 1.0 before one is negotiated. */
    Version version() {
        return version;
    }

    /** Frames to the client are written in that version from now on. */
    void use(Version negotiated) {
        version = negotiated;
    }

    /** The login, if the client has logged in. */
    Optional<LoggedIn> loggedIn() {
        return loggedIn;
    }

    /** The login of a client that has logged in. */
    LoggedIn get() {
        return loggedIn.orElseThrow();
    }

    /** Another token says who the same client is, from now on. */
    void renew(Caller caller) {
        LoggedIn known = get();
        loggedIn =
                Optional.of(new LoggedIn(known.login().of(caller), known.conversation(), known.rate(), known.since()));
    }

    /** The client has logged in. */
    void enter(LoggedIn client) {
        loggedIn = Optional.of(client);
    }
}
