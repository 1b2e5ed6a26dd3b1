package io.stompline.inbox;

/** The database did not do what it was asked for; the message is a sentence that names the setting. */
public final class InboxException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InboxException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
