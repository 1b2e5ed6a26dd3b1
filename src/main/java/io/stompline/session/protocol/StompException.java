package io.stompline.session.protocol;

import io.stompline.frame.Headers;
import io.stompline.routing.BusException;

/** A frame that cannot be carried out: becomes an ERROR frame and the end of the connection. */
public final class StompException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final StompError error;
    private final transient Headers headers;

    /**
     * A failure.
     *
     * @param detail a sentence for the body of the ERROR: which header, which limit, which value would be right
     */
    public StompException(StompError error, String detail) {
        this(error, detail, Headers.none());
    }

    /** A failure with further headers for the ERROR frame. */
    public StompException(StompError error, String detail, Headers headers) {
        super(detail, null, false, false);
        this.error = error;
        this.headers = headers;
    }

    /**
     * A failure of the message broker in a frame that must not come again: a bean was called for it, the transaction is
     * gone, or part of it is done.
     */
    public static StompException onlyOnce(BusException failure) {
        return new StompException(StompError.of(failure.reason()), failure.getMessage());
    }

    /** The {@code message} header and the close status. */
    public StompError error() {
        return error;
    }

    /** Further headers of the ERROR frame; often none. */
    public Headers headers() {
        return headers;
    }
}
