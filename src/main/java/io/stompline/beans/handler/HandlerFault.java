package io.stompline.beans.handler;

/** A handler method that cannot work; the message goes on where a sentence began with the method's name. */
final class HandlerFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    HandlerFault(String message) {
        super(message, null, false, false);
    }
}
