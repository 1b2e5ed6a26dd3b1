package io.stompline.security.token;

/** Why a token is refused; the message is a sentence for the client and has nothing of the token. */
final class TokenFault extends Exception {
    private static final long serialVersionUID = 1L;

    TokenFault(String message) {
        super(message, null, false, false);
    }
}
