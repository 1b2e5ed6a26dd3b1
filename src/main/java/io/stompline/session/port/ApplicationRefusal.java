package io.stompline.session.port;

/** The application refuses a frame; its message is a sentence for the client, without internals. */
public final class ApplicationRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** A refusal. */
    public ApplicationRefusal(String detail) {
        super(detail, null, false, false);
    }
}
