package io.stompline.security;

import java.util.Optional;

/**
 * Port: checks credentials that nobody guesses, such as tokens, so that wrong ones need not be counted. Thread-safe;
 * does not block.
 */
public interface CredentialsCheck {
    /** Who shows them, or why they are refused; empty for credentials of another kind. */
    Optional<Authentication> check(Credentials credentials);

    /** Whether a passcode without a login may be a token that is right. */
    default boolean takesLoneTokens() {
        return false;
    }
}
