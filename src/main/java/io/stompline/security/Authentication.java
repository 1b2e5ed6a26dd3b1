package io.stompline.security;

import java.util.Optional;
import java.util.function.BooleanSupplier;

/** The result of a check of credentials. */
public sealed interface Authentication {
    /** The credentials are right. */
    record Accepted(Caller caller) implements Authentication {}

    /**
     * They are wrong, or were not checked.
     *
     * @param detail a sentence for the client; of a passcode it never says what is wrong
     * @param checked whether they were checked, and count as a guess where guesses are counted
     */
    record Refused(String detail, boolean checked) implements Authentication {
        /** They are wrong. */
        public Refused(String detail) {
            this(detail, true);
        }
    }

    /**
     * They cannot be checked yet, and have to be shown again: keys are being fetched.
     *
     * @param over whether they can be checked now; asked on any thread, does not block
     */
    record Pending(BooleanSupplier over) implements Authentication {}

    /** The caller, if the credentials are right. */
    default Optional<Caller> accepted() {
        return this instanceof Accepted accepted ? Optional.of(accepted.caller()) : Optional.empty();
    }
}
