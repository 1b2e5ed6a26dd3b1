package io.stompline.tls;

import io.stompline.pem.PemBlock;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A private key as PEM: PKCS#8 ({@code PRIVATE KEY}), and what older programs write ({@code RSA PRIVATE KEY}, {@code EC
 * PRIVATE KEY}), which Java does not read.
 */
final class PemKey {
    private static final String PKCS8 = "PRIVATE KEY";

    /** The content of the first is RFC 8017, A.1.2, of the second RFC 5915. */
    private static final Set<String> WITHOUT_ALGORITHM = Set.of("RSA PRIVATE KEY", "EC PRIVATE KEY");

    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 0x04;
    private static final byte[] VERSION_0 = {0x02, 0x01, 0x00};

    /** A length of DER below this is one octet; above, the octet says how many octets the length has. */
    private static final int LONG_LENGTH = 0x80;

    private PemKey() {}

    /**
     * The key of a text that may have other blocks, too.
     *
     * @param publicKey of the certificate that it is for
     * @throws GeneralSecurityException with what is wrong with the file
     */
    static PrivateKey read(String text, PublicKey publicKey) throws GeneralSecurityException {
        List<PemBlock> blocks = PemBlock.read(text);
        Optional<PemBlock> whole = first(blocks, Set.of(PKCS8));
        Optional<PemBlock> bare = first(blocks, WITHOUT_ALGORITHM);
        if (whole.isEmpty() && bare.isEmpty()) {
            throw new InvalidKeyException(
                    text.contains("ENCRYPTED")
                            ? "has an encrypted key: decrypt it, or take PKCS12"
                            : "has no \"BEGIN " + PKCS8 + "\"");
        }
        byte[] encoded = whole.isPresent()
                ? whole.get().bytes()
                : withAlgorithm(bare.get().bytes(), publicKey);
        try {
            return KeyFactory.getInstance(publicKey.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) {
            throw new InvalidKeyException(
                    "has no key of the kind that the certificate is for (" + publicKey.getAlgorithm() + ")", e);
        }
    }

    private static Optional<PemBlock> first(List<PemBlock> blocks, Set<String> labels) {
        return blocks.stream().filter(block -> labels.contains(block.label())).findFirst();
    }

    /** As PKCS#8 (RFC 5208, 5): a version, the algorithm, the key. The certificate names the same algorithm. */
    private static byte[] withAlgorithm(byte[] key, PublicKey publicKey) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.writeBytes(VERSION_0);
        content.writeBytes(algorithm(publicKey.getEncoded()));
        content.writeBytes(element(OCTETS, key));
        return element(SEQUENCE, content.toByteArray());
    }

    /** The first element of a SubjectPublicKeyInfo (RFC 5280, 4.1), which is shorter than 128 octets. */
    private static byte[] algorithm(byte[] publicKey) {
        int lengthOctet = publicKey[1] & 0xff;
        int start = lengthOctet < LONG_LENGTH ? 2 : 2 + lengthOctet - LONG_LENGTH;
        return Arrays.copyOfRange(publicKey, start, start + 2 + publicKey[start + 1]);
    }

    private static byte[] element(int tag, byte[] content) {
        ByteArrayOutputStream element = new ByteArrayOutputStream();
        element.write(tag);
        if (content.length < LONG_LENGTH) {
            element.write(content.length);
        } else {
            byte[] length = BigInteger.valueOf(content.length).toByteArray();
            int zeros = length[0] == 0 ? 1 : 0;
            element.write(LONG_LENGTH + length.length - zeros);
            element.write(length, zeros, length.length - zeros);
        }
        element.writeBytes(content);
        return element.toByteArray();
    }
}
