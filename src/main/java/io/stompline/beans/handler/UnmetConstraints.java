package io.stompline.beans.handler;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import java.util.List;
import java.util.Set;

/** The arguments of a handler break constraints; knows what of the payload was passed over. */
final class UnmetConstraints extends ConstraintViolationException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> passedOver;

    UnmetConstraints(Set<? extends ConstraintViolation<?>> violations, List<String> passedOver) {
        super(violations);
        this.passedOver = List.copyOf(passedOver);
    }

    /** Sentences for the client. */
    List<String> passedOver() {
        return passedOver;
    }
}
