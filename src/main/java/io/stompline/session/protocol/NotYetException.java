package io.stompline.session.protocol;

import java.util.function.BooleanSupplier;

/** A frame cannot be carried out yet, and is to come again when something is over: the thread does not wait for it meanwhile. */
public final class NotYetException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient BooleanSupplier over;

    /** @param over whether it is over; asked on any thread, does not wait */
    public NotYetException(BooleanSupplier over) {
        super("not yet", null, false, false);
        this.over = over;
    }

    public BooleanSupplier over() {
        return over;
    }
}
