package io.stompline.api;

/**
 * The message broker did not take a message, the message is larger than {@code stompline.jms.max-body-bytes}, the
 * transaction to which it would belong will be rolled back, or the database does not keep it.
 */
public final class PublishException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** A failure without another as its cause. */
    public PublishException(String message) {
        super(message);
    }

    /** A failure with its cause. */
    public PublishException(String message, Throwable cause) {
        super(message, cause);
    }
}
