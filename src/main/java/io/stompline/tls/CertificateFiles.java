package io.stompline.tls;

import io.stompline.pem.PemBlock;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Where a certificate, its key and those who sign the certificates of clients are. Immutable.
 *
 * @param certificate PEM, the certificate of the server first and then those of its issuers; or PKCS12
 * @param key the private key as PEM; with PKCS12, a file whose first line is the password
 * @param clientIssuers certificates of those who may have signed the certificate of a client, as PEM; empty if clients
 *     are not asked for one
 */
public record CertificateFiles(Path certificate, Path key, Optional<Path> clientIssuers) {
    /** The setting that names the first file. */
    public static final String CERTIFICATE = "stompline.tls.certificate";

    /** The setting that names the second file. */
    public static final String KEY = "stompline.tls.key";

    /** The setting that names the third file. */
    public static final String CLIENT_ISSUERS = "stompline.tls.client-ca";

    private static final String PEM = "-----BEGIN ";
    private static final String LABEL = "CERTIFICATE";

    /** Clients are not asked for a certificate. */
    public CertificateFiles(Path certificate, Path key) {
        this(certificate, key, Optional.empty());
    }

    /** The same, but clients are asked for a certificate, unless that is empty. */
    public CertificateFiles withClientIssuers(Optional<Path> file) {
        return new CertificateFiles(certificate, key, file);
    }

    /**
     * Reads the files.
     *
     * @throws TlsFault if one cannot be read, or they do not belong together
     */
    ServerCertificate read() throws TlsFault {
        byte[] content = bytes(CERTIFICATE, certificate);
        String text = new String(content, StandardCharsets.ISO_8859_1);
        return text.contains(PEM) ? ofPem(text) : ofPkcs12(content);
    }

    /** Whether every account of this machine may read the second file; false where that is not known. */
    boolean isKeyReadByOthers() {
        try {
            return Files.getPosixFilePermissions(key).contains(PosixFilePermission.OTHERS_READ);
        } catch (IOException | UnsupportedOperationException notPosix) {
            return false;
        }
    }

    private ServerCertificate ofPem(String text) throws TlsFault {
        List<X509Certificate> chain = certificates(CERTIFICATE, certificate, text);
        String keyText = new String(bytes(KEY, key), StandardCharsets.ISO_8859_1);
        PrivateKey privateKey;
        try {
            privateKey = PemKey.read(keyText, chain.get(0).getPublicKey());
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw fault(KEY, key, e.getMessage(), e);
        }
        return certificate(privateKey, chain);
    }

    private ServerCertificate certificate(PrivateKey privateKey, List<X509Certificate> chain) throws TlsFault {
        try {
            return ServerCertificate.of(privateKey, chain, readClientIssuers());
        } catch (GeneralSecurityException e) {
            throw fault(CERTIFICATE, certificate, e.getMessage(), e);
        }
    }

    private List<X509Certificate> readClientIssuers() throws TlsFault {
        if (clientIssuers.isEmpty()) {
            return List.of();
        }
        Path file = clientIssuers.get();
        return certificates(CLIENT_ISSUERS, file, new String(bytes(CLIENT_ISSUERS, file), StandardCharsets.ISO_8859_1));
    }

    /** Those of a PEM; at least one. */
    private static List<X509Certificate> certificates(String setting, Path file, String text) throws TlsFault {
        List<X509Certificate> found = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (PemBlock block : PemBlock.read(text)) {
                if (block.label().equals(LABEL)) {
                    found.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block.bytes())));
                }
            }
        } catch (CertificateException | IllegalArgumentException e) {
            throw fault(setting, file, "has a certificate that cannot be read", e);
        }
        if (found.isEmpty()) {
            throw fault(setting, file, "has no \"BEGIN " + LABEL + "\"");
        }
        return found;
    }

    private ServerCertificate ofPkcs12(byte[] content) throws TlsFault {
        char[] password = new String(bytes(KEY, key), StandardCharsets.UTF_8)
                .lines()
                .findFirst()
                .orElse("")
                .toCharArray();
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(content), password);
            List<String> keys = keys(store);
            if (keys.size() != 1) {
                throw fault(CERTIFICATE, certificate, "must have one private key and has " + keys.size());
            }
            return certificate(
                    (PrivateKey) store.getKey(keys.get(0), password), chain(store.getCertificateChain(keys.get(0))));
        } catch (IOException e) {
            throw fault(
                    CERTIFICATE,
                    certificate,
                    "is neither PEM nor PKCS12 with the password in " + key + " (" + KEY + ")",
                    e);
        } catch (GeneralSecurityException e) {
            throw fault(CERTIFICATE, certificate, "is a PKCS12 that cannot be read", e);
        }
    }

    private static List<String> keys(KeyStore store) throws GeneralSecurityException {
        List<String> keys = new ArrayList<>();
        for (String alias : Collections.list(store.aliases())) {
            if (store.entryInstanceOf(alias, KeyStore.PrivateKeyEntry.class)) {
                keys.add(alias);
            }
        }
        return keys;
    }

    private static List<X509Certificate> chain(Certificate[] certificates) {
        return Arrays.stream(certificates).map(X509Certificate.class::cast).toList();
    }

    private static byte[] bytes(String setting, Path file) throws TlsFault {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw fault(setting, file, "cannot be read", e);
        }
    }

    private static TlsFault fault(String setting, Path file, String what) {
        return new TlsFault(setting + ": " + file + " " + what);
    }

    private static TlsFault fault(String setting, Path file, String what, Exception cause) {
        return new TlsFault(setting + ": " + file + " " + what, cause);
    }
}
