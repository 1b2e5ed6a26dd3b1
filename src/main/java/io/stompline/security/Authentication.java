package io.stompline.security;

import java.util.Optional;

/** The result of a check of credentials. */
public sealed interface Authentication {
    /** The credentials are right. */
    record Accepted(Caller caller) implements Authentication {}

    /**
     * They are wrong, or were not checked.
     *
     * @param detail a sentence for the client that never says what of them is wrong
     */
    record Refused(String detail) implements Authentication {}

    /** The caller, if the credentials are right. */
    default Optional<Caller> accepted() {
        return this instanceof Accepted accepted ? Optional.of(accepted.caller()) : Optional.empty();
    }
}
