package io.stompline.grizzly;

import io.stompline.tls.CurrentCertificate;
import javax.net.ssl.SSLEngine;
import org.glassfish.grizzly.filterchain.FilterChainBuilder;
import org.glassfish.grizzly.ssl.SSLBaseFilter;
import org.glassfish.grizzly.ssl.SSLEngineConfigurator;

/**
 * TLS with the certificate that is current when a connection opens, in the place of the listener's own.
 *
 * <p>Payara (seen in 6.2025.10 and 7.2026.11) takes its certificate from a key store with one password for all, once,
 * and has to be told all versions and ciphers in its configuration.
 */
final class OwnTls extends SSLEngineConfigurator {
    /**
     * Where the application needs a certificate, Payara asks a client without one again. With TLS 1.2 a thread waits
     * for the answer, however long that takes.
     */
    private static final boolean RENEGOTIATES = false;

    private final CurrentCertificate certificate;

    private OwnTls(CurrentCertificate certificate) {
        super(certificate.context(), false, false, false);
        this.certificate = certificate;
    }

    /** Only for a listener that speaks TLS, and if the start class has chosen a certificate. */
    static void install(FilterChainBuilder filters) {
        int tls = filters.indexOfType(SSLBaseFilter.class);
        if (tls >= 0) {
            CurrentCertificate.ofServer()
                    .ifPresent(
                            certificate -> filters.set(tls, new SSLBaseFilter(new OwnTls(certificate), RENEGOTIATES)));
        }
    }

    @Override
    public SSLEngine createSSLEngine(String peerHost, int peerPort) {
        return certificate.newEngine();
    }

    @Override
    public SSLEngineConfigurator copy() {
        return new OwnTls(certificate);
    }
}
