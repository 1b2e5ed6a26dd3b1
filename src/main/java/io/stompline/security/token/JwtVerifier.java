package io.stompline.security.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jwt.SignedJWT;
import io.stompline.config.Setting;
import io.stompline.security.Authentication;
import io.stompline.security.Credentials;
import java.io.IOException;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Checks JSON Web Tokens that are signed (RFC 7519, RFC 8725). Keys come from the settings only: what a token says of
 * its own key ({@code jku}, {@code jwk}, {@code x5u}, {@code x5c}) is not read. Thread-safe; does not block.
 */
public final class JwtVerifier implements TokenVerifier, AutoCloseable {
    private static final int MAX_CHARS = 16 * 1024;

    /** Of RFC 7519, 5.1 and RFC 9068; a token may also do without. Others are not for logins. */
    private static final Set<String> TYPES = Set.of("jwt", "at+jwt", "application/at+jwt");

    private final TokenSettings settings;
    private final KeyRing keys;
    private final InstantSource clock;

    JwtVerifier(TokenSettings settings, KeyRing keys, InstantSource clock) {
        this.settings = settings;
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * A verifier with the keys that the settings name. An issuer elsewhere may be away now: its keys are read later.
     *
     * @param reader fetches keys, one reading at a time
     * @throws IllegalArgumentException if keys that are not elsewhere cannot be read, naming the setting
     */
    public static JwtVerifier of(TokenSettings settings, Executor reader, LongSupplier nanoClock, InstantSource clock) {
        KeySource source = KeySource.of(settings.keys());
        // Here and not at the first token: a server without the library fails at its start.
        Set<JWSAlgorithm> algorithms =
                settings.algorithms().stream().map(JWSAlgorithm::parse).collect(Collectors.toUnmodifiableSet());
        KeyRing keys = new KeyRing(source, algorithms, reader, nanoClock);
        if (KeySource.isRemote(settings.keys())) {
            keys.refresh();
        } else {
            readNow(keys, source);
        }
        return new JwtVerifier(settings, keys, clock);
    }

    private static void readNow(KeyRing keys, KeySource source) {
        try {
            keys.readNow();
        } catch (IOException | KeyFault e) {
            throw new IllegalArgumentException(
                    Setting.TOKEN_KEYS.key() + ": no keys in " + source.name() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public Authentication verify(Credentials.Token token) {
        try {
            SignedJWT jwt = parsed(token.text());
            checkHeader(jwt.getHeader());
            KeyRing.Lookup lookup = keys.find(jwt.getHeader());
            if (lookup instanceof KeyRing.Lookup.Pending pending) {
                return new Authentication.Pending(pending.over());
            }
            checkSignature(jwt, lookup);
            Claims claims = new Claims(jwt.getJWTClaimsSet());
            claims.check(settings, clock.instant());
            return new Authentication.Accepted(claims.caller(settings));
        } catch (TokenFault fault) {
            return refused(fault.getMessage());
        } catch (ParseException | RuntimeException e) {
            // Its message may have parts of the token.
            return refused("it is no signed JSON Web Token (RFC 7519)");
        }
    }

    /** No token is checked any more. Idempotent. */
    @Override
    public void close() {
        keys.close();
    }

    private static Authentication refused(String why) {
        return new Authentication.Refused("the token is refused: " + why);
    }

    private static SignedJWT parsed(String text) throws ParseException, TokenFault {
        if (text.length() > MAX_CHARS) {
            throw new TokenFault("it is longer than " + MAX_CHARS + " characters");
        }
        return SignedJWT.parse(text.strip());
    }

    private void checkHeader(JWSHeader header) throws TokenFault {
        if (!settings.algorithms().contains(header.getAlgorithm().getName())) {
            throw new TokenFault("its alg is none of " + Setting.TOKEN_ALGORITHMS.key());
        }
        JOSEObjectType type = header.getType();
        if (type != null && !TYPES.contains(type.getType().toLowerCase(Locale.ROOT))) {
            throw new TokenFault("its typ is neither JWT nor at+jwt");
        }
        if (header.getCriticalParams() != null) {
            throw new TokenFault("it has a header crit");
        }
        if (header.getContentType() != null) {
            throw new TokenFault("it holds another token: it has a header cty");
        }
    }

    private static void checkSignature(SignedJWT jwt, KeyRing.Lookup lookup) throws TokenFault {
        if (!(lookup instanceof KeyRing.Lookup.Found found)) {
            throw new TokenFault(
                    "no key of " + Setting.TOKEN_KEYS.key() + " is for its kid and alg, or the keys cannot be read"
                            + " (the log says why); they are read again every " + KeyRing.READ_AT_MOST_EVERY.toSeconds()
                            + " s");
        }
        if (!isSignedBy(found.keys(), jwt)) {
            throw new TokenFault("its signature is wrong");
        }
    }

    private static boolean isSignedBy(List<JWK> keys, SignedJWT jwt) {
        return keys.stream().anyMatch(key -> {
            try {
                return jwt.verify(verifier(key));
            } catch (JOSEException e) {
                return false;
            }
        });
    }

    private static JWSVerifier verifier(JWK key) throws JOSEException {
        if (key instanceof OctetSequenceKey secret) {
            return new MACVerifier(secret);
        }
        return key instanceof ECKey elliptic ? new ECDSAVerifier(elliptic) : new RSASSAVerifier(key.toRSAKey());
    }
}
