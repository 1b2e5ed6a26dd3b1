package io.stompline.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.awaitility.Awaitility;

/**
 * A certificate that its own key has signed, for {@code localhost} unless an option {@code -ext} says else, as files of
 * all kinds in one directory.
 *
 * @param store PKCS12 with the entry {@link #ALIAS} and the password {@link #PASSWORD}
 */
public record TestCertificate(Path store) {
    /** Password of the store and of its entry. */
    public static final String PASSWORD = "changeit";

    /** Name of the only entry. */
    public static final String ALIAS = "server";

    /** What makes a key of an elliptic curve. */
    public static final List<String> EC = List.of("-keyalg", "EC", "-groupname", "secp256r1");

    /** What makes a key of RSA. */
    public static final List<String> RSA = List.of("-keyalg", "RSA", "-keysize", "2048");

    private static final Duration LIMIT = Duration.ofSeconds(30);

    /**
     * Makes one.
     *
     * @param name of its files, without extension; files of that name are written over
     * @param options of {@code keytool -genkeypair}
     */
    public static TestCertificate make(Path directory, String name, List<String> options)
            throws IOException, GeneralSecurityException {
        TestCertificate made = new TestCertificate(directory.resolve(name + ".p12"));
        Files.deleteIfExists(made.store());
        List<String> command = new ArrayList<>(List.of("-genkeypair", "-alias", ALIAS, "-dname", "CN=localhost"));
        command.addAll(options);
        if (!command.contains("-ext")) {
            command.addAll(List.of("-ext", "san=dns:localhost,ip:127.0.0.1"));
        }
        made.keytool(command);
        Files.writeString(made.password(), PASSWORD + "\n");
        String crt = pem("CERTIFICATE", made.certificate().getEncoded());
        String key = pem("PRIVATE KEY", made.key().getEncoded());
        Files.writeString(made.crt(), crt);
        Files.writeString(made.keyFile(), key);
        Files.writeString(made.pem(), crt + key);
        for (Path secret : List.of(made.keyFile(), made.pem(), made.password())) {
            Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        }
        return made;
    }

    /** What makes a certificate that may sign others. */
    public static final List<String> ISSUER =
            Stream.concat(EC.stream(), Stream.of("-ext", "bc:c")).toList();

    /** Signs the certificate of a client, for programs that trust that server. */
    public SSLContext client(String name, TestCertificate trusted) throws IOException, GeneralSecurityException {
        keytool(List.of("-genkeypair", "-alias", name, "-dname", "CN=" + name, "-signer", ALIAS, "-keyalg", "EC"));
        KeyStore own = KeyStore.getInstance("PKCS12");
        own.load(null, null);
        Certificate[] chain = open().getCertificateChain(name);
        own.setKeyEntry(name, open().getKey(name, PASSWORD.toCharArray()), new char[0], chain);
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, new char[0]);
        return context(keys.getKeyManagers(), List.of(trusted.certificate()));
    }

    /** A block of PEM. */
    public static String pem(String label, byte[] octets) {
        String base64 = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(octets);
        return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
    }

    private void keytool(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(arguments);
        command.addAll(List.of("-storetype", "PKCS12", "-keystore", store.toString(), "-storepass", PASSWORD));
        Path log = store.resolveSibling("keytool.log");
        Process keytool = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Awaitility.await().atMost(LIMIT).until(() -> !keytool.isAlive());
        if (keytool.exitValue() != 0) {
            throw new AssertionError(Files.readString(log));
        }
    }

    /** The certificate as PEM. */
    public Path crt() {
        return withExtension(".crt");
    }

    /** The key as PEM. */
    public Path keyFile() {
        return withExtension(".key");
    }

    /** Certificate and key as PEM. */
    public Path pem() {
        return withExtension(".pem");
    }

    /** The password of the store. */
    public Path password() {
        return withExtension(".password");
    }

    private Path withExtension(String extension) {
        return store.resolveSibling(store.getFileName().toString().replaceFirst("\\.p12$", extension));
    }

    public X509Certificate certificate() throws IOException, GeneralSecurityException {
        return (X509Certificate) open().getCertificate(ALIAS);
    }

    public PrivateKey key() throws IOException, GeneralSecurityException {
        return (PrivateKey) open().getKey(ALIAS, PASSWORD.toCharArray());
    }

    private KeyStore open() throws IOException, GeneralSecurityException {
        return KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    }

    /** For clients that trust these certificates and no other. */
    public static SSLContext trusting(TestCertificate... certificates) throws IOException, GeneralSecurityException {
        List<Certificate> trusted = new ArrayList<>();
        for (TestCertificate certificate : certificates) {
            trusted.add(certificate.certificate());
        }
        return trusting(trusted);
    }

    /** For clients that trust these certificates and no other. */
    public static SSLContext trusting(List<? extends Certificate> certificates)
            throws IOException, GeneralSecurityException {
        return context(null, certificates);
    }

    private static SSLContext context(KeyManager[] own, List<? extends Certificate> certificates)
            throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        for (int i = 0; i < certificates.size(); i++) {
            trusted.setCertificateEntry("server-" + i, certificates.get(i));
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own, factory.getTrustManagers(), null);
        return context;
    }
}
