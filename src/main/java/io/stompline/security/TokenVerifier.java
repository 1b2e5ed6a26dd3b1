package io.stompline.security;

import io.stompline.config.Setting;

/** Port: checks bearer tokens (RFC 6750). Thread-safe; does not block. */
public interface TokenVerifier {
    /** Takes no token. */
    TokenVerifier NONE = new TokenVerifier() {
        @Override
        public Authentication verify(Credentials.Token token) {
            return new Authentication.Refused(
                    "this server takes no tokens: its setting " + Setting.TOKEN_KEYS.key() + " is missing");
        }

        @Override
        public boolean takesAny() {
            return false;
        }
    };

    /** Checks a token: who shows it, and until when. The caller of a token always {@link Caller#expires}. */
    Authentication verify(Credentials.Token token);

    /** Whether there are tokens that are right. */
    default boolean takesAny() {
        return true;
    }
}
