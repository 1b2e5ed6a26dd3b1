package io.stompline.demo;

/** The message broker is not restarted now; the message says why. */
public class NotRestartedException extends Exception {
    private static final long serialVersionUID = 1L;

    NotRestartedException(String reason) {
        super(reason);
    }
}
