package io.stompline.beans.handler;

/** The caller has none of the roles that a handler asks for. */
final class NotAllowedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotAllowedException() {
        super("not allowed", null, false, false);
    }
}
