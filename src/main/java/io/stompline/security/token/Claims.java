package io.stompline.security.token;

import com.nimbusds.jwt.JWTClaimsSet;
import io.stompline.config.Setting;
import io.stompline.security.Caller;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The claims of a token whose signature is right: whether they hold now and here, and whom they are about.
 *
 * @param all as they stand in the token
 */
record Claims(JWTClaimsSet all) {
    /**
     * Checks issuer, audience and times (RFC 7519, 4.1).
     *
     * @throws TokenFault naming the claim, and the setting if there is one
     */
    void check(TokenSettings settings, Instant now) throws TokenFault {
        if (!settings.issuer().equals(all.getIssuer())) {
            throw new TokenFault("its claim iss is not that of " + Setting.TOKEN_ISSUER.key());
        }
        if (all.getAudience().stream().noneMatch(settings.audiences()::contains)) {
            throw new TokenFault("its claim aud has none of " + Setting.TOKEN_AUDIENCE.key());
        }
        if (all.getExpirationTime() == null) {
            throw new TokenFault("it has no claim exp");
        }
        // A connection ends after the grace: later than that it would be opened in vain.
        boolean graceIsLess = settings.grace().compareTo(settings.skew()) < 0;
        if (!now.isBefore(expires().plus(graceIsLess ? settings.grace() : settings.skew()))) {
            throw new TokenFault("it has expired: its claim exp is in the past");
        }
        Date notBefore = all.getNotBeforeTime();
        if (notBefore != null && now.plus(settings.skew()).isBefore(notBefore.toInstant())) {
            throw new TokenFault("its claim nbf is in the future");
        }
    }

    /**
     * The caller that they are about.
     *
     * @throws TokenFault if there is no name, or roles of another form
     */
    Caller caller(TokenSettings settings) throws TokenFault {
        String name = settings.user().stream()
                .map(this::find)
                .flatMap(Optional::stream)
                .findFirst()
                .filter(claim -> claim instanceof String text && !text.isBlank())
                .map(String.class::cast)
                .orElseThrow(() -> new TokenFault("it has no text in the claim of " + Setting.TOKEN_USER.key() + " ("
                        + String.join(", ", settings.user()) + ")"));
        return Caller.ofToken(name, roles(settings.roles()), facts(), expires());
    }

    private Instant expires() {
        return all.getExpirationTime().toInstant();
    }

    /** A list of texts, or texts separated by blanks as in {@code scope} (RFC 8693, 4.2). */
    private Set<String> roles(String path) throws TokenFault {
        Optional<Object> claim = find(path);
        if (claim.isEmpty()) {
            return Set.of();
        }
        if (claim.get() instanceof String text) {
            return Arrays.stream(text.strip().split("\\s+", -1))
                    .filter(role -> !role.isEmpty())
                    .collect(Collectors.toUnmodifiableSet());
        }
        if (!(claim.get() instanceof Collection<?> list) || !list.stream().allMatch(String.class::isInstance)) {
            throw new TokenFault("its claim of " + Setting.TOKEN_ROLES.key() + " is no list of texts");
        }
        Set<String> roles = new HashSet<>();
        list.forEach(role -> roles.add((String) role));
        return Set.copyOf(roles);
    }

    /** Texts, numbers and truth values, for rules. */
    private Map<String, String> facts() {
        Map<String, String> facts = new HashMap<>();
        all.getClaims().forEach((name, value) -> {
            if (value instanceof String || value instanceof Number || value instanceof Boolean) {
                facts.put(name, value.toString());
            }
        });
        return Map.copyOf(facts);
    }

    /** The claim of that name, or else at that path. A name may have slashes, as an address has. */
    private Optional<Object> find(String path) {
        Object value = all.getClaim(path);
        if (value != null) {
            return Optional.of(value);
        }
        value = all.getClaims();
        for (String step : List.of(path.split("/", -1))) {
            value = value instanceof Map<?, ?> claims ? claims.get(step) : null;
        }
        return Optional.ofNullable(value);
    }
}
