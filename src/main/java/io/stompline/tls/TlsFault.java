package io.stompline.tls;

/** Why a certificate cannot be used: one line that names setting and file, and holds nothing of a key. */
public final class TlsFault extends Exception {
    private static final long serialVersionUID = 1L;

    TlsFault(String message) {
        super(message);
    }

    TlsFault(String message, Exception cause) {
        super(message, cause);
    }
}
