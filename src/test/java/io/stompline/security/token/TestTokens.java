package io.stompline.security.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.factories.DefaultJWSSignerFactory;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Instant;
import java.util.Date;
import java.util.List;

/** What an issuer of tokens does, with keys of its own: makes them and signs. */
public final class TestTokens {
    public static final String ISSUER = "https://id.example/realms/chat";
    public static final String AUDIENCE = "stompline";

    private TestTokens() {}

    /** A new key of 2048 bits. */
    public static RSAKey key(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The public half of keys, as an issuer shows them. */
    public static String jwks(JWK... keys) {
        return new JWKSet(List.of(keys)).toString();
    }

    /** Claims that hold: of ann, for this server. */
    @SuppressWarnings("JavaUtilDate") // of Nimbus
    public static JWTClaimsSet.Builder claims(String user, Instant expires) {
        return new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience(AUDIENCE)
                .subject("id-of-" + user)
                .claim("preferred_username", user)
                .expirationTime(Date.from(expires));
    }

    /** A token that is signed with RS256. */
    public static String signed(RSAKey key, JWTClaimsSet claims) {
        return signed(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), key, claims);
    }

    /** A token with that header. */
    public static String signed(JWSHeader header, JWK key, JWTClaimsSet claims) {
        SignedJWT token = new SignedJWT(header, claims);
        return serialized(token, signer(header, key));
    }

    /** Any text, signed as a token is. */
    public static String signed(JWSHeader header, JWK key, String payload) {
        return serialized(new JWSObject(header, new Payload(payload)), signer(header, key));
    }

    private static JWSSigner signer(JWSHeader header, JWK key) {
        try {
            return new DefaultJWSSignerFactory().createJWSSigner(key, header.getAlgorithm());
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String serialized(JWSObject token, JWSSigner signer) {
        try {
            token.sign(signer);
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
