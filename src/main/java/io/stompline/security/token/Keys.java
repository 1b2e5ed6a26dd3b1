package io.stompline.security.token;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyType;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import java.text.ParseException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The keys of an issuer. Immutable.
 *
 * @param all public keys and secrets
 */
record Keys(List<JWK> all) {
    /** RFC 7518, 3.3 and 3.5. */
    private static final int MIN_RSA_BITS = 2048;

    static final Keys NONE = new Keys(List.of());

    /**
     * Reads a JWKS, a JWK (RFC 7517) or PEM; the first two also in base64, the last also without head and foot.
     *
     * @param algorithms those that tokens may have; keys that none of them needs are left out
     * @throws KeyFault if it is none of that, or nothing is left
     */
    static Keys parse(String text, Set<JWSAlgorithm> algorithms) throws KeyFault {
        String keys = Pem.isBare(text) ? Pem.decoded(text) : text.strip();
        List<JWK> all = keys.startsWith("{") ? json(keys) : Pem.keys(keys);
        if (algorithms.stream().anyMatch(JWSAlgorithm.Family.HMAC_SHA::contains)
                && !all.stream().allMatch(OctetSequenceKey.class::isInstance)) {
            throw new KeyFault("HS… needs a JWKS of secrets only (kty oct): what all may read is no secret");
        }
        Keys usable = new Keys(all.stream()
                .filter(key -> algorithms.stream().anyMatch(algorithm -> fits(key, algorithm)))
                .toList());
        if (usable.all().isEmpty()) {
            throw new KeyFault("no key for "
                    + algorithms.stream().map(JWSAlgorithm::getName).sorted().collect(Collectors.joining(", "))
                    + (all.isEmpty()
                            ? ""
                            : ": keys of RSA need " + MIN_RSA_BITS + " bits, others the size of the algorithm"));
        }
        return usable;
    }

    /** The keys that may have signed a token with that header. */
    List<JWK> matching(JWSHeader header) {
        return all.stream()
                .filter(key -> fits(key, header.getAlgorithm()))
                .filter(key -> header.getKeyID() == null
                        || key.getKeyID() == null
                        || key.getKeyID().equals(header.getKeyID()))
                .toList();
    }

    /** Whether a key is for signatures of that algorithm: by its type, size, curve, use and own algorithm. */
    private static boolean fits(JWK key, JWSAlgorithm algorithm) {
        JWKMatcher.Builder matcher = new JWKMatcher.Builder()
                .keyType(KeyType.forAlgorithm(algorithm))
                .keyUses(KeyUse.SIGNATURE, null)
                .algorithms(algorithm, null);
        if (JWSAlgorithm.Family.RSA.contains(algorithm)) {
            matcher.minKeySize(MIN_RSA_BITS);
        } else if (JWSAlgorithm.Family.EC.contains(algorithm)) {
            matcher.curves(Curve.forJWSAlgorithm(algorithm));
        } else {
            matcher.minKeySize(Integer.parseInt(algorithm.getName().substring(2)));
        }
        return matcher.build().matches(key);
    }

    private static List<JWK> json(String text) throws KeyFault {
        try {
            return text.contains("\"keys\"") ? JWKSet.parse(text).getKeys() : List.of(JWK.parse(text));
        } catch (ParseException | IllegalArgumentException e) {
            // Its message may have parts of the text.
            throw new KeyFault("no JWKS (RFC 7517)");
        }
    }

    /** Without the keys, which may be secret. */
    @Override
    public String toString() {
        return all.size() + " keys";
    }
}
