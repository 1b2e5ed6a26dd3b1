package io.stompline.api;

/** The message broker did not take a message, or the message is larger than {@code stompline.jms.max-body-bytes}. */
public final class PublishException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** A failure with its cause. */
    public PublishException(String message, Throwable cause) {
        super(message, cause);
    }
}
