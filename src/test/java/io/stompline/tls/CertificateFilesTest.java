package io.stompline.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateFilesTest {
    @TempDir
    private static Path directory;

    private static TestCertificate ec;
    private static TestCertificate rsa;

    @BeforeAll
    static void makeCertificates() throws IOException, GeneralSecurityException {
        ec = TestCertificate.make(directory, "ec", TestCertificate.EC);
        rsa = TestCertificate.make(directory, "rsa", TestCertificate.RSA);
    }

    @Test
    void certificate_pemOrPkcs12_isRead() throws Exception {
        for (TestCertificate one : new TestCertificate[] {ec, rsa}) {
            for (CertificateFiles files : new CertificateFiles[] {
                new CertificateFiles(one.crt(), one.keyFile()),
                new CertificateFiles(one.pem(), one.pem()),
                new CertificateFiles(one.store(), one.password())
            }) {
                assertThat(files.read().chain()).as("%s", files).containsExactly(one.certificate());
            }
        }
    }

    @Test
    void engine_any_hasTls12And13WithForwardSecrecyOnly() throws TlsFault {
        var engine = new CertificateFiles(ec.crt(), ec.keyFile()).read().newEngine();
        assertThat(engine.getUseClientMode()).isFalse();
        assertThat(engine.getEnabledProtocols()).containsExactlyInAnyOrder("TLSv1.3", "TLSv1.2");
        assertThat(engine.getEnabledCipherSuites())
                .hasSize(9)
                .allMatch(
                        cipher -> cipher.matches("TLS_(ECDHE_(RSA|ECDSA)_WITH_)?(AES_\\d+_GCM|CHACHA20_POLY1305)_.*"));
        assertThat(engine.getSSLParameters().getApplicationProtocols()).isEmpty();
    }

    @Test
    void clientCa_set_asksForCertificatesOfThoseIssuers() throws Exception {
        CertificateFiles files = new CertificateFiles(ec.crt(), ec.keyFile());
        assertThat(files.read().newEngine().getWantClientAuth()).isFalse();
        ServerCertificate asking =
                files.withClientIssuers(Optional.of(rsa.crt())).read();
        assertThat(asking.clientIssuers()).containsExactly(rsa.certificate());
        assertThat(asking.newEngine().getWantClientAuth()).isTrue();
        assertThat(asking.isSameAs(files.read())).isFalse();

        Path absent = directory.resolve("absent");
        assertThatThrownBy(() -> files.withClientIssuers(Optional.of(absent)).read())
                .hasMessage("stompline.tls.client-ca: " + absent + " cannot be read");
        assertThatThrownBy(
                        () -> files.withClientIssuers(Optional.of(ec.keyFile())).read())
                .hasMessage("stompline.tls.client-ca: " + ec.keyFile() + " has no \"BEGIN CERTIFICATE\"");
    }

    @Test
    void file_absent_isNamedWithItsSetting() {
        Path absent = directory.resolve("absent");
        assertFault(absent, ec.keyFile(), "stompline.tls.certificate: " + absent + " cannot be read");
        assertFault(ec.crt(), absent, "stompline.tls.key: " + absent + " cannot be read");
    }

    @Test
    void certificate_faulty_isNamed() throws IOException {
        Path cut = Files.writeString(
                directory.resolve("cut"), "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----");
        Path half = Files.writeString(
                directory.resolve("half"), Files.readString(ec.crt()).substring(0, 200));
        Path text = Files.writeString(directory.resolve("text"), "none of that");
        assertFault(cut, ec.keyFile(), "stompline.tls.certificate: " + cut + " has a certificate that cannot be read");
        assertFault(half, ec.keyFile(), "stompline.tls.certificate: " + half + " has no \"BEGIN CERTIFICATE\"");
        assertFault(
                text,
                ec.password(),
                "stompline.tls.certificate: " + text + " is neither PEM nor PKCS12 with the password in "
                        + ec.password() + " (stompline.tls.key)");
    }

    @Test
    void key_faulty_isNamedAndNotTold() throws IOException {
        Path cut = Files.writeString(
                directory.resolve("key"), "-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----");
        assertFault(
                ec.crt(),
                cut,
                "stompline.tls.key: " + cut + " has no key of the kind that the certificate is for (EC)");
        assertFault(ec.crt(), ec.crt(), "stompline.tls.key: " + ec.crt() + " has no \"BEGIN PRIVATE KEY\"");
    }

    @Test
    void key_ofAnotherCertificate_isRefused() throws IOException, GeneralSecurityException {
        TestCertificate other = TestCertificate.make(directory, "other", TestCertificate.EC);
        assertFault(
                ec.crt(),
                other.keyFile(),
                "stompline.tls.certificate: " + ec.crt() + " is for another key than that of stompline.tls.key");
        assertFault(
                ec.crt(),
                rsa.keyFile(),
                "stompline.tls.key: " + rsa.keyFile() + " has no key of the kind that the certificate is for (EC)");
    }

    @Test
    void key_weak_isRefused() throws IOException, GeneralSecurityException {
        TestCertificate weak = TestCertificate.make(directory, "weak", List.of("-keyalg", "RSA", "-keysize", "1024"));
        assertFault(
                weak.crt(),
                weak.keyFile(),
                "stompline.tls.certificate: " + weak.crt()
                        + " is neither for a key of an elliptic curve nor for one of RSA with at least 2048 bits");
    }

    @Test
    void certificates_ofOthersAfterIt_areRefused() throws IOException {
        Path mixed =
                Files.writeString(directory.resolve("mixed"), Files.readString(ec.crt()) + Files.readString(rsa.crt()));
        assertThatThrownBy(() -> new CertificateFiles(mixed, ec.keyFile()).read())
                .hasMessageStartingWith("stompline.tls.certificate: " + mixed + " is no chain");
    }

    @Test
    void pkcs12_wrongPassword_isRefusedWithoutIt() throws IOException {
        Path wrong = Files.writeString(directory.resolve("wrong"), "not the password");
        assertThatThrownBy(() -> new CertificateFiles(ec.store(), wrong).read())
                .hasMessageStartingWith("stompline.tls.certificate: " + ec.store())
                .hasMessageContaining("password in " + wrong)
                .hasMessageNotContaining("not the password");
    }

    @Test
    void pkcs12_severalKeys_isRefused() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (TestCertificate one : Arrays.asList(ec, rsa)) {
            store.setKeyEntry(
                    one.store().toString(),
                    one.key(),
                    TestCertificate.PASSWORD.toCharArray(),
                    new java.security.cert.Certificate[] {one.certificate()});
        }
        Path two = directory.resolve("two.p12");
        try (var content = Files.newOutputStream(two)) {
            store.store(content, TestCertificate.PASSWORD.toCharArray());
        }
        assertFault(two, ec.password(), "stompline.tls.certificate: " + two + " must have one private key and has 2");
    }

    private static void assertFault(Path certificate, Path key, String message) {
        assertThatThrownBy(() -> new CertificateFiles(certificate, key).read())
                .isInstanceOf(TlsFault.class)
                .hasMessage(message);
    }
}
