package io.stompline.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.stompline.application.ApplicationWar;
import io.stompline.e2e.support.Chapter;
import io.stompline.e2e.support.RawClient;
import io.stompline.e2e.support.ReceivedFrame;
import io.stompline.tls.TestCertificate;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recipe of the guide for users who log in with the certificate of their client. */
class ClientCertificateIT {
    @TempDir
    private static Path directory;

    private static TestCertificate certificate;
    private static TestCertificate issuer;
    private static ServerProcess server;

    @BeforeAll
    static void start() throws IOException, GeneralSecurityException {
        Chapter tls = Chapter.named("tls");
        certificate = TestCertificate.make(directory, "server", TestCertificate.EC);
        issuer = TestCertificate.make(directory, "issuer", TestCertificate.ISSUER);
        Path commands = Files.writeString(directory.resolve("commands"), tls.block("text"));
        server = ServerProcess.product()
                .war(ApplicationWar.write(ApplicationWar.of()
                        .addAsResource(
                                new StringAsset("allow role:member subscribe /topic/members\n"),
                                "META-INF/stompline.rules")
                        .setWebXML(
                                new StringAsset("<web-app xmlns='https://jakarta.ee/xml/ns/jakartaee' version='6.0'>\n"
                                        + tls.block("xml") + "</web-app>"))))
                .afterBoot(commands)
                .with("stompline.tls.certificate", certificate.crt().toString())
                .with("stompline.tls.key", certificate.keyFile().toString())
                .with("stompline.tls.client-ca", issuer.crt().toString())
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
        assertThat(server.log()).noneMatch(line -> line.startsWith("\tat "));
    }

    @Test
    void login_certificateOfAKnownIssuer_isTheUserWithItsRoles() throws Exception {
        try (RawClient ana = RawClient.open(stomp(), issuer.client("ana", certificate))) {
            ana.send("CONNECT\naccept-version:1.2\nhost:localhost\n\n\0"
                    + "SUBSCRIBE\nid:s\ndestination:/topic/members\nreceipt:r\n\n\0");
            assertThat(ReceivedFrame.next(ana).header("user-name")).isEqualTo("ana");
            assertThat(ReceivedFrame.next(ana).command()).isEqualTo("RECEIPT");
        }
    }

    @Test
    void login_noCertificate_isForTheApplicationToRefuse() throws Exception {
        SSLContext none = TestCertificate.trusting(certificate);
        for (String spelling : new String[] {"/stomp", "/stomp/"}) {
            assertThatThrownBy(() -> RawClient.open(stomp().resolve(spelling), none))
                    .isInstanceOf(CompletionException.class);
        }
        HttpResponse<String> page = HttpClient.newBuilder()
                .sslContext(none)
                .build()
                .send(
                        HttpRequest.newBuilder(URI.create("https://localhost:" + server.port() + "/health"))
                                .build(),
                        BodyHandlers.ofString());
        assertThat(page.statusCode()).isEqualTo(200);
    }

    @Test
    void login_noCertificate_isNotAskedForOneAgain() throws Exception {
        AtomicInteger handshakes = new AtomicInteger();
        try (SSLSocket socket = (SSLSocket)
                TestCertificate.trusting(certificate).getSocketFactory().createSocket("localhost", server.port())) {
            socket.setSoTimeout(30_000);
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});
            socket.addHandshakeCompletedListener(done -> handshakes.incrementAndGet());
            socket.getOutputStream()
                    .write("GET /stomp HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 4");
        }
        await().untilAsserted(() -> assertThat(handshakes).hasValue(1));
    }

    @Test
    void start_endpointBehindALogin_isAnnounced() {
        await().untilAsserted(() -> assertThat(server.log()).contains("  " + stomp()));
    }

    @Test
    void login_certificateOfAnUnknownIssuer_endsTheTlsHandshake() throws Exception {
        SSLContext forged = TestCertificate.make(directory, "forger", TestCertificate.ISSUER)
                .client("ana", certificate);
        assertThatThrownBy(() -> RawClient.open(stomp(), forged)).hasRootCauseInstanceOf(IOException.class);
    }

    private static URI stomp() {
        return URI.create("wss://localhost:" + server.port() + "/stomp");
    }
}
