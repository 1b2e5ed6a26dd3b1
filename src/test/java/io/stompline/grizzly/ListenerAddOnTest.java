package io.stompline.grizzly;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.tls.CertificateFiles;
import io.stompline.tls.CurrentCertificate;
import io.stompline.tls.TestCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.glassfish.grizzly.filterchain.FilterChainBuilder;
import org.glassfish.grizzly.http.server.HttpHandler;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;
import org.glassfish.grizzly.ssl.SSLEngineConfigurator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The add-on in a server of Grizzly alone, which makes the chain of a listener as Payara does. */
@Timeout(30)
class ListenerAddOnTest {
    private final HttpServer server = new HttpServer();
    private final NetworkListener listener = new NetworkListener("test", "127.0.0.1", 0);

    @BeforeEach
    void start() throws IOException {
        System.setProperty(ListenerAddOn.STATE, "not asked for");
        listener.registerAddOn(new ListenerAddOn());
        server.addListener(listener);
        server.getServerConfiguration().addHttpHandler(new Application(), "/");
        server.start();
    }

    @AfterEach
    void stop() {
        server.shutdownNow();
        System.clearProperty(ListenerAddOn.STATE);
    }

    /** Answers with the body of the request. */
    private static final class Application extends HttpHandler {
        @Override
        public void service(Request request, Response response) throws IOException {
            response.getOutputStream().write("application: ".getBytes(StandardCharsets.US_ASCII));
            response.getOutputStream().write(request.getInputStream().readAllBytes());
        }
    }

    @Test
    void upgrade_toOtherThanWebSocket_leavesTheRequestItsBody() throws IOException {
        System.clearProperty(ListenerAddOn.STATE);
        String request =
                "POST / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, HTTP2-Settings, close\r\nUpgrade: h2c\r\n"
                        + "HTTP2-Settings: AAMAAABkAAQAAP__\r\nContent-Length: 4\r\n\r\nbody";
        assertThat(answer(request)).contains("application: body");
    }

    @Test
    void setup_starting_tellsTheStartClass() {
        assertThat(System.getProperty(ListenerAddOn.STATE)).isEqualTo(ListenerAddOn.ANSWERED);
    }

    @Test
    void setup_otherChain_tellsTheStartClassWhyNot() {
        assertThat(ListenerAddOn.install(FilterChainBuilder.stateless())).contains("Exception");
    }

    @Test
    void request_starting_gets503AndTheConnectionEnds() throws IOException {
        assertThat(answer("GET /any HTTP/1.1\r\nHost: h\r\n\r\n"))
                .startsWith("HTTP/1.1 503 Service Unavailable\r\n")
                .contains("\r\nRetry-After: 2\r\n", "\r\nConnection: close\r\n", "\r\nCache-Control: no-store\r\n")
                .endsWith("\r\n\r\nThe server is starting; its application is not there yet.\n");
    }

    @Test
    void request_startingWithABody_isAnsweredBeforeTheBodyComes() throws IOException {
        String status = "HTTP/1.1 503 ";
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.getPort())) {
            socket.getOutputStream()
                    .write("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().readNBytes(status.length()))
                    .asString()
                    .isEqualTo(status);
        }
    }

    @Test
    void handshake_starting_gets503() throws IOException {
        String handshake = """
                GET /stomp HTTP/1.1
                Host: h
                Upgrade: websocket
                Connection: Upgrade
                Sec-WebSocket-Version: 13
                Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==

                """;
        assertThat(answer(handshake.replace("\n", "\r\n")))
                .startsWith("HTTP/1.1 503 ")
                .contains("\r\nRetry-After: 2\r\n")
                .endsWith("not there yet.\n");
    }

    @Test
    void request_started_reachesTheApplication() throws IOException {
        String request = "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello";
        assertThat(answer(request)).startsWith("HTTP/1.1 503 ");
        System.clearProperty(ListenerAddOn.STATE);
        for (int i = 0; i < 2; i++) {
            assertThat(answer(request)).startsWith("HTTP/1.1 200 ").contains("application: ", "hello");
        }
    }

    @Test
    void request_stopping_gets503Again() throws IOException {
        String request = "GET /any HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";
        System.clearProperty(ListenerAddOn.STATE);
        assertThat(answer(request)).startsWith("HTTP/1.1 200 ");
        System.setProperty(ListenerAddOn.STATE, ListenerAddOn.STOPPING);
        assertThat(answer(request))
                .startsWith("HTTP/1.1 503 ")
                .contains("\r\nRetry-After: 2\r\n")
                .endsWith("\r\n\r\nThe server is stopping.\n");
    }

    @Test
    void tls_certificateOfTheStartClass_takesThePlaceOfTheListenersOwn(@TempDir Path directory) throws Exception {
        System.clearProperty(ListenerAddOn.STATE);
        TestCertificate own = TestCertificate.make(directory, "own", TestCertificate.EC);
        TestCertificate chosen = TestCertificate.make(directory, "chosen", TestCertificate.EC);
        NetworkListener secure = new NetworkListener("secure", "127.0.0.1", 0);
        secure.setSecure(true);
        secure.setSSLEngineConfig(new SSLEngineConfigurator(TestCertificate.trusting(own), false, false, false));
        secure.registerAddOn(new ListenerAddOn());
        CurrentCertificate.of(new CertificateFiles(chosen.crt(), chosen.keyFile()))
                .useInServer();
        server.addListener(secure);
        secure.start();
        String request = "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        assertThat(answer(
                        TestCertificate.trusting(chosen).getSocketFactory().createSocket("localhost", secure.getPort()),
                        request))
                .contains("application: ");
    }

    /** What comes until the server closes the connection. */
    private String answer(String request) throws IOException {
        return answer(new Socket(InetAddress.getLoopbackAddress(), listener.getPort()), request);
    }

    private static String answer(Socket connected, String request) throws IOException {
        try (Socket socket = connected) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
