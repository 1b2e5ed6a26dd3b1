package io.stompline.beans.publishing;

/** A client sent something that a handler cannot take; the message is a sentence for the client. */
public final class PayloadFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public PayloadFault(String message) {
        super(message, null, false, false);
    }
}
