package io.stompline.beans;

/** A client sent something that a handler cannot take; the message is a sentence for the client. */
final class PayloadFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PayloadFault(String message) {
        super(message, null, false, false);
    }
}
