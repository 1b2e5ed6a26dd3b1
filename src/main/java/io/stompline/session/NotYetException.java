package io.stompline.session;

import java.util.function.BooleanSupplier;

/** A frame cannot be carried out yet, and is to come again when something is over: the thread does not wait for it meanwhile. */
final class NotYetException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient BooleanSupplier over;

    /** @param over whether it is over; asked on any thread, does not wait */
    NotYetException(BooleanSupplier over) {
        super("not yet", null, false, false);
        this.over = over;
    }

    BooleanSupplier over() {
        return over;
    }
}
