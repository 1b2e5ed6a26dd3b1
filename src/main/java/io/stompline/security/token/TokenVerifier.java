package io.stompline.security.token;

import io.stompline.config.Setting;
import io.stompline.security.Authentication;
import io.stompline.security.Caller;
import io.stompline.security.Credentials;
import io.stompline.security.CredentialsCheck;
import java.util.Optional;

/** Port: checks bearer tokens (RFC 6750). Thread-safe; does not block. */
public interface TokenVerifier extends CredentialsCheck {
    /** Takes no token. */
    TokenVerifier NONE = new TokenVerifier() {
        @Override
        public Authentication verify(Credentials.Token token) {
            return new Authentication.Refused(
                    "this server takes no tokens: its setting " + Setting.TOKEN_KEYS.key() + " is missing");
        }

        @Override
        public boolean takesLoneTokens() {
            return false;
        }
    };

    /** Checks a token: who shows it, and until when. The caller of a token always {@link Caller#expires}. */
    Authentication verify(Credentials.Token token);

    @Override
    default Optional<Authentication> check(Credentials credentials) {
        return credentials instanceof Credentials.Token token ? Optional.of(verify(token)) : Optional.empty();
    }

    @Override
    default boolean takesLoneTokens() {
        return true;
    }
}
