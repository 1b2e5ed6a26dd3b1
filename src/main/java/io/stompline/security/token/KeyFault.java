package io.stompline.security.token;

/** Text that is no keys, or none that may be used; the message says why and has nothing of the text. */
final class KeyFault extends Exception {
    private static final long serialVersionUID = 1L;

    KeyFault(String message) {
        super(message);
    }
}
