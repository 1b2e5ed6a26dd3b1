package io.stompline.session.protocol;

import io.stompline.frame.Headers;
import io.stompline.routing.BusException;

/** A frame that cannot be carried out: becomes an ERROR frame and the end of the connection. */
public final class StompException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final StompError error;
    private final transient Headers headers;
    private final String hint;

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
        this(error, detail, headers, "");
    }

    private StompException(StompError error, String detail, Headers headers, String hint) {
        super(detail, null, false, false);
        this.error = error;
        this.headers = headers;
        this.hint = hint;
    }

    /**
     * A failure of the message broker in a frame that must not come again: a bean was called for it, the transaction is
     * gone, or part of it is done.
     */
    public static StompException onlyOnce(BusException failure) {
        return new StompException(StompError.of(failure.reason()), failure.getMessage());
    }

    /** The same with another detail. */
    public StompException saying(String detail) {
        return new StompException(error, detail, headers, hint);
    }

    /** The same, whose line in the log ends with a hint that the client does not get. */
    public StompException hinting(String forLog) {
        return new StompException(error, getMessage(), headers, "; " + forLog);
    }

    /**
     * What the log says: the detail, and the hint if there is one.
     *
     * @param where continues the detail, such as {@code ", in SEND"}
     */
    public String forLog(String where) {
        return getMessage() + where + hint;
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
