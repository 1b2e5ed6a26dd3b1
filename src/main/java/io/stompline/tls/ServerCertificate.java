package io.stompline.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate with its key, ready for handshakes. Immutable.
 *
 * @param chain the certificate of the server first, then those of its issuers
 * @param clientIssuers who may have signed the certificate of a client; empty if clients are not asked for one
 * @param context has no other certificate, and its sessions can be resumed by nobody who met another one
 */
record ServerCertificate(List<X509Certificate> chain, List<X509Certificate> clientIssuers, SSLContext context) {
    private static final int MIN_RSA_BITS = 2048;

    private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};

    /** With forward secrecy and authenticated encryption, all of them. */
    private static final String[] CIPHERS = {
        "TLS_AES_128_GCM_SHA256",
        "TLS_AES_256_GCM_SHA384",
        "TLS_CHACHA20_POLY1305_SHA256",
        "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
        "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
        "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
        "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
        "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
        "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"
    };

    /** How a key of each algorithm is tried. */
    private static final Map<String, String> SIGNATURES = Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA");

    /** Of a store that never leaves the memory. */
    private static final char[] NO_PASSWORD = {};

    /**
     * Checks that key and certificates belong together.
     *
     * @throws GeneralSecurityException with what is wrong with the file of certificates
     */
    static ServerCertificate of(PrivateKey key, List<X509Certificate> chain, List<X509Certificate> clientIssuers)
            throws GeneralSecurityException {
        checkKey(key, chain.get(0).getPublicKey());
        checkChain(chain);
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, NO_PASSWORD);
            store.setKeyEntry("server", key, NO_PASSWORD, chain.toArray(X509Certificate[]::new));
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, NO_PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    keys.getKeyManagers(),
                    clientIssuers.isEmpty() ? new TrustManager[0] : trusting(clientIssuers),
                    null);
            return new ServerCertificate(List.copyOf(chain), List.copyOf(clientIssuers), context);
        } catch (IOException e) {
            throw new IllegalStateException("nothing was read", e);
        }
    }

    /** Clients look for the issuer of each certificate in the next one. */
    private static void checkChain(List<X509Certificate> chain) throws GeneralSecurityException {
        for (int i = 1; i < chain.size(); i++) {
            try {
                chain.get(i - 1).verify(chain.get(i).getPublicKey());
            } catch (GeneralSecurityException e) {
                throw new CertificateException(
                        "is no chain: each certificate must be that of the issuer of the one before", e);
            }
        }
    }

    private static void checkKey(PrivateKey key, PublicKey publicKey) throws GeneralSecurityException {
        boolean isLongEnough =
                !(publicKey instanceof RSAKey rsa) || rsa.getModulus().bitLength() >= MIN_RSA_BITS;
        String algorithm = SIGNATURES.get(publicKey.getAlgorithm());
        if (algorithm == null || !isLongEnough) {
            throw new InvalidKeyException("is neither for a key of an elliptic curve nor for one of RSA with at least "
                    + MIN_RSA_BITS + " bits");
        }
        Signature signing = Signature.getInstance(algorithm);
        signing.initSign(key);
        Signature checking = Signature.getInstance(algorithm);
        checking.initVerify(publicKey);
        if (!checking.verify(signing.sign())) {
            throw new InvalidKeyException("is for another key than that of " + CertificateFiles.KEY);
        }
    }

    /** The server's side of a new connection. */
    SSLEngine newEngine() {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        engine.setEnabledProtocols(VERSIONS);
        engine.setEnabledCipherSuites(CIPHERS);
        engine.setWantClientAuth(!clientIssuers.isEmpty());
        return engine;
    }

    /** Whether new connections would see no difference. */
    boolean isSameAs(ServerCertificate other) {
        return chain.equals(other.chain) && clientIssuers.equals(other.clientIssuers);
    }

    /** Connects to servers with this certificate only. */
    SSLSocketFactory trustedByItself() {
        try {
            SSLContext client = SSLContext.getInstance("TLS");
            client.init(null, trusting(List.of(own())), null);
            return client.getSocketFactory();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("every Java platform has TLS", e);
        }
    }

    private static TrustManager[] trusting(List<X509Certificate> certificates)
            throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, NO_PASSWORD);
        for (int i = 0; i < certificates.size(); i++) {
            trusted.setCertificateEntry(Integer.toString(i), certificates.get(i));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        return trust.getTrustManagers();
    }

    X509Certificate own() {
        return chain.get(0);
    }

    /** Why clients refuse it at that time, if one of the chain has expired or is not valid yet. */
    Optional<String> outsideItsTime(Instant now) {
        Instant begin = chain.stream()
                .map(certificate -> certificate.getNotBefore().toInstant())
                .max(Instant::compareTo)
                .orElseThrow();
        if (now.isBefore(begin)) {
            return Optional.of("is not valid before " + begin);
        }
        return now.isAfter(expiry()) ? Optional.of("has expired at " + expiry()) : Optional.empty();
    }

    /** When the first certificate of the chain expires. */
    Instant expiry() {
        return chain.stream()
                .map(certificate -> certificate.getNotAfter().toInstant())
                .min(Instant::compareTo)
                .orElseThrow();
    }
}
