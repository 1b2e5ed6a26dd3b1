package io.stompline.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.Provider;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;

/** What it leaves alone; SeparateBrokerTlsIT has what OpenMQ gets. */
class BrokerHostCheckTest {
    private final Provider provider = new BrokerHostCheck();

    @Test
    void socket_ofOthersThanOpenMq_isThatOfJava() throws Exception {
        SSLContext java = SSLContext.getInstance("TLS", "SunJSSE");
        SSLContext ours = SSLContext.getInstance("TLS", provider);
        for (SSLContext context : List.of(java, ours)) {
            context.init(null, null, null);
        }
        SSLContext ofAll = SSLContext.getInstance("Default", provider);
        for (SSLContext context : List.of(ours, ofAll)) {
            try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket()) {
                assertThat(socket.getSSLParameters().getEndpointIdentificationAlgorithm())
                        .isNull();
            }
        }
        assertThat(ciphers(ours.getDefaultSSLParameters())).isEqualTo(ciphers(java.getDefaultSSLParameters()));
        assertThat(ciphers(ours.getSupportedSSLParameters())).isEqualTo(ciphers(java.getSupportedSSLParameters()));
        assertThat(ours.createSSLEngine("host", 1).getPeerHost()).isEqualTo("host");
    }

    private static List<String> ciphers(SSLParameters parameters) {
        return List.of(parameters.getCipherSuites());
    }
}
