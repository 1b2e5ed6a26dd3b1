package io.stompline.security.token;

import io.stompline.config.Setting;
import io.stompline.config.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How tokens are checked.
 *
 * @param keys address, file or text of the keys
 * @param issuer what {@code iss} must be
 * @param audiences what {@code aud} must have one of
 * @param algorithms names of the algorithms that a token may be signed with (RFC 7518, 3.1)
 * @param user claims that name the user, the first that a token has
 * @param roles claim with the roles, or the path to it
 * @param skew how far the clocks may be apart
 * @param grace how long a connection outlives its token
 * @param required whether somebody who set this up relies on tokens; otherwise it is the set-up of MicroProfile JWT,
 *     which may be for HTTP only
 */
public record TokenSettings(
        String keys,
        String issuer,
        Set<String> audiences,
        Set<String> algorithms,
        List<String> user,
        String roles,
        Duration skew,
        Duration grace,
        boolean required) {
    private static final System.Logger LOG = System.getLogger(TokenSettings.class.getName());

    /** Never {@code none} (RFC 8725, 3.2). Ed25519 needs a library that Payara does not have. */
    private static final Set<String> ALGORITHMS = Set.of(
            "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "HS256", "HS384", "HS512");

    private static final String SYMMETRIC = "HS";

    /**
     * As the settings say; empty if they have no keys. Faults are noted there, or only logged if all is from
     * MicroProfile JWT: an application that has it for HTTP need not take tokens here.
     */
    public static Optional<TokenSettings> from(Settings settings) {
        boolean listed = settings.list(Setting.LOGIN_WAYS).contains("token");
        Optional<String> keys = settings.text(Setting.TOKEN_KEYS);
        if (keys.isEmpty()) {
            if (listed) {
                settings.wrong(Setting.LOGIN_WAYS.key() + " has token, so " + Setting.TOKEN_KEYS.key()
                        + " must say where the keys are");
            }
            return Optional.empty();
        }
        TokenSettings read = new TokenSettings(
                keys.get(),
                settings.text(Setting.TOKEN_ISSUER).orElse(""),
                Set.copyOf(settings.list(Setting.TOKEN_AUDIENCE)),
                Set.copyOf(settings.list(Setting.TOKEN_ALGORITHMS)),
                settings.list(Setting.TOKEN_USER),
                settings.text(Setting.TOKEN_ROLES).orElseThrow(),
                settings.time(Setting.TOKEN_SKEW),
                settings.time(Setting.TOKEN_GRACE),
                listed || settings.isSet(Setting.TOKEN_KEYS));
        List<String> faults = read.faults();
        if (read.required()) {
            faults.forEach(settings::wrong);
        } else if (!faults.isEmpty()) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "tokens are taken over HTTP only (mp.jwt.verify.*); to take them in CONNECT, too: {0}",
                    String.join("; ", faults));
        }
        return faults.isEmpty() ? Optional.of(read) : Optional.empty();
    }

    private List<String> faults() {
        List<String> faults = new ArrayList<>();
        if (issuer.isEmpty()) {
            faults.add(Setting.TOKEN_ISSUER.key() + " must be set with " + Setting.TOKEN_KEYS.key());
        }
        if (audiences.isEmpty()) {
            faults.add(Setting.TOKEN_AUDIENCE.key() + " must be set with " + Setting.TOKEN_KEYS.key());
        }
        if (algorithms.isEmpty() || !ALGORITHMS.containsAll(algorithms)) {
            faults.add(Setting.TOKEN_ALGORITHMS.key() + " must be of RS, PS, ES or HS with 256, 384 or 512, such as"
                    + " RS256, separated by commas");
        }
        if (KeySource.isRemote(keys) && algorithms.stream().anyMatch(TokenSettings::isSymmetric)) {
            faults.add(Setting.TOKEN_ALGORITHMS.key() + " must not have HS… while " + Setting.TOKEN_KEYS.key()
                    + " is an address: what all may read is no secret");
        }
        KeySource.fault(keys).ifPresent(fault -> faults.add(Setting.TOKEN_KEYS.key() + " " + fault));
        return faults;
    }

    /** Whether whoever can check a signature of that algorithm can also make one. */
    private static boolean isSymmetric(String algorithm) {
        return algorithm.startsWith(SYMMETRIC);
    }

    /** Without the keys, which may be secret. */
    @Override
    public String toString() {
        return "tokens of " + issuer + " for " + audiences;
    }
}
