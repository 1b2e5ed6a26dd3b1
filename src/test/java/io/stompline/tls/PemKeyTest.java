package io.stompline.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompline.pem.PemBlock;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PemKeyTest {
    /** Octets of PKCS#8 before the key itself, for RSA with 2048 bits. */
    private static final int PKCS8_HEAD = 26;

    /** As {@code openssl ecparam -genkey} writes it. */
    private static final String OF_OPENSSL = """
            -----BEGIN EC PARAMETERS-----
            BggqhkjOPQMBBw==
            -----END EC PARAMETERS-----
            -----BEGIN EC PRIVATE KEY-----
            MHcCAQEEIJslM8HuVZsB/B57PDSe8NCdXhCZb+ZbaqdncWO9kFrnoAoGCCqGSM49
            AwEHoUQDQgAEkMlIY692GXFw+4uaY2hpYubwdenVPH3mWNBZ0zwOEX36QYtacBOR
            w2UZzOJKPRQtCZxp82oBnLcHrJUi2mYhMQ==
            -----END EC PRIVATE KEY-----
            """;

    private static final String ITS_PUBLIC_KEY = """
            -----BEGIN PUBLIC KEY-----
            MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEkMlIY692GXFw+4uaY2hpYubwdenV
            PH3mWNBZ0zwOEX36QYtacBORw2UZzOJKPRQtCZxp82oBnLcHrJUi2mYhMQ==
            -----END PUBLIC KEY-----
            """;

    @ParameterizedTest
    @CsvSource({"RSA, 2048", "EC, 256", "EC, 521"})
    void key_pkcs8_isRead(String algorithm, int size) throws GeneralSecurityException {
        KeyPair keys = pair(algorithm, size);
        String text = TestCertificate.pem("PRIVATE KEY", keys.getPrivate().getEncoded());
        assertThat(PemKey.read(text, keys.getPublic())).isEqualTo(keys.getPrivate());
    }

    @Test
    void key_ofRsaAlone_isRead() throws GeneralSecurityException {
        KeyPair keys = pair("RSA", 2048);
        byte[] pkcs8 = keys.getPrivate().getEncoded();
        String text = TestCertificate.pem("RSA PRIVATE KEY", Arrays.copyOfRange(pkcs8, PKCS8_HEAD, pkcs8.length));
        assertThat(((RSAPrivateCrtKey) PemKey.read(text, keys.getPublic())).getPrimeP())
                .isEqualTo(((RSAPrivateCrtKey) keys.getPrivate()).getPrimeP());
    }

    @Test
    void key_ofAnEllipticCurveAlone_isRead() throws GeneralSecurityException {
        PublicKey publicKey = KeyFactory.getInstance("EC")
                .generatePublic(new X509EncodedKeySpec(
                        PemBlock.read(ITS_PUBLIC_KEY).get(0).bytes()));
        assertThat(PemKey.read(OF_OPENSSL, publicKey).getAlgorithm()).isEqualTo("EC");
    }

    @Test
    void key_encrypted_isRefusedAndSaysWhatToDo() throws GeneralSecurityException {
        PublicKey any = pair("EC", 256).getPublic();
        for (String text : new String[] {
            "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----",
            "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nAAAA\n-----END RSA PRIVATE KEY-----"
        }) {
            assertThatThrownBy(() -> PemKey.read(text, any)).hasMessageContaining("decrypt it");
        }
    }

    @Test
    void key_absent_isNamed() throws GeneralSecurityException {
        PublicKey any = pair("EC", 256).getPublic();
        assertThatThrownBy(() -> PemKey.read(ITS_PUBLIC_KEY, any)).hasMessage("has no \"BEGIN PRIVATE KEY\"");
    }

    @Test
    void key_ofAnotherAlgorithm_isRefused() throws GeneralSecurityException {
        PublicKey rsa = pair("RSA", 2048).getPublic();
        assertThatThrownBy(() -> PemKey.read(OF_OPENSSL, rsa))
                .hasMessage("has no key of the kind that the certificate is for (RSA)");
    }

    private static KeyPair pair(String algorithm, int size) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(size);
        return generator.generateKeyPair();
    }
}
