package io.stompline.security.token;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import io.stompline.pem.PemBlock;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Public keys as PEM (RFC 7468). The reader of Nimbus needs Bouncy Castle, which Payara does not have. */
final class Pem {
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/_=\\s-]+");
    private static final String PUBLIC_KEY = "PUBLIC KEY";

    private Pem() {}

    /** Whether it is base64 without head and foot. */
    static boolean isBare(String text) {
        return !text.contains("-----") && BASE64.matcher(text).matches();
    }

    /** The decoded base64: JSON as it is, anything else as PEM. */
    static String decoded(String base64) throws KeyFault {
        String usual = base64.replaceAll("\\s", "").replace('-', '+').replace('_', '/');
        String json = new String(bytes(new PemBlock(PUBLIC_KEY, usual)), StandardCharsets.UTF_8);
        return json.startsWith("{")
                ? json
                : "-----BEGIN " + PUBLIC_KEY + "-----" + usual + "-----END " + PUBLIC_KEY + "-----";
    }

    /**
     * The keys of all blocks.
     *
     * @throws KeyFault if there is none, or one that is no public key
     */
    static List<JWK> keys(String text) throws KeyFault {
        List<JWK> keys = new ArrayList<>();
        for (PemBlock block : PemBlock.read(text)) {
            if (!block.label().equals(PUBLIC_KEY)) {
                throw new KeyFault("\"BEGIN " + block.label() + "\" where \"BEGIN " + PUBLIC_KEY + "\" must be");
            }
            keys.add(key(bytes(block)));
        }
        if (keys.isEmpty()) {
            throw new KeyFault("neither a JWKS nor a \"BEGIN " + PUBLIC_KEY + "\"");
        }
        return keys;
    }

    private static JWK key(byte[] encoded) throws KeyFault {
        X509EncodedKeySpec spec = new X509EncodedKeySpec(encoded);
        try {
            return new RSAKey.Builder(
                            (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(spec))
                    .build();
        } catch (GeneralSecurityException notRsa) {
            return elliptic(spec);
        }
    }

    private static JWK elliptic(X509EncodedKeySpec spec) throws KeyFault {
        try {
            ECPublicKey key = (ECPublicKey) KeyFactory.getInstance("EC").generatePublic(spec);
            return new ECKey.Builder(Curve.forECParameterSpec(key.getParams()), key).build();
        } catch (GeneralSecurityException | IllegalArgumentException | IllegalStateException e) {
            throw new KeyFault("a public key that is neither of RSA nor of a curve of RFC 7518");
        }
    }

    private static byte[] bytes(PemBlock block) throws KeyFault {
        try {
            return block.bytes();
        } catch (IllegalArgumentException e) {
            throw new KeyFault(e.getMessage());
        }
    }
}
