package io.stompline.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stompline.e2e.support.RawClient;
import io.stompline.tls.TestCertificate;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server with a broker that is a process of its own and speaks TLS. */
class SeparateBrokerTlsIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    @Test
    void brokerOverTls_trustedCertificateOfItsHost_isUsedByClientsAndBeans() throws Exception {
        TestCertificate certificate = TestCertificate.make(directory, "broker", TestCertificate.RSA);
        try (BrokerProcess broker = BrokerProcess.startWithTls(certificate);
                ServerProcess server = trusting(broker.usedBy(ServerProcess.demo()), certificate)
                        .beside(queueApplication())
                        .start()) {
            try (RawClient client = RawClient.connected(server.stompUri(), "1.2")) {
                client.send("SUBSCRIBE\nid:1\ndestination:/queue/tls\nreceipt:s\n\n\0");
                assertThat(client.next()).startsWith("RECEIPT\n");
                client.send("SEND\ndestination:/queue/tls\n\nto and fro\0");
                assertThat(client.next()).startsWith("MESSAGE\n").endsWith("to and fro");
            }
            HttpRequest post = HttpRequest.newBuilder(server.uri("/queue/queue"))
                    .POST(BodyPublishers.ofString("from a bean"))
                    .build();
            HttpClient http = HttpClient.newHttpClient();
            assertThat(http.send(post, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
            HttpRequest get = HttpRequest.newBuilder(server.uri("/queue/queue")).build();
            assertThat(http.send(get, BodyHandlers.ofString()).body()).isEqualTo("from a bean");
        }
    }

    @Tag("long")
    @Test
    void brokerOverTls_certificateThatNobodyTrusts_isRefused() throws Exception {
        TestCertificate certificate = TestCertificate.make(directory, "broker", TestCertificate.RSA);
        try (BrokerProcess broker = BrokerProcess.startWithTls(certificate);
                ServerProcess server = broker.usedBy(ServerProcess.demo()).start()) {
            assertRefused(server, "unable to find valid certification path");
        }
    }

    @Test
    void brokerOverTls_trustedCertificateOfAnotherHost_isRefused() throws Exception {
        TestCertificate certificate = TestCertificate.make(
                directory, "broker", List.of("-keyalg", "RSA", "-keysize", "2048", "-ext", "san=dns:other.example"));
        try (BrokerProcess broker = BrokerProcess.startWithTls(certificate);
                ServerProcess server = trusting(broker.usedBy(ServerProcess.demo()), certificate)
                        .start()) {
            assertRefused(server, "No subject alternative DNS name matching localhost found");
        }
    }

    private static void assertRefused(ServerProcess server, String reason) throws Exception {
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(server.log())
                        .anyMatch(line ->
                                line.contains("the message broker cannot be reached") && line.contains(reason)));
        HttpRequest ready = HttpRequest.newBuilder(server.uri("/health/ready")).build();
        assertThat(HttpClient.newHttpClient()
                        .send(ready, BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(503);
    }

    private static ServerProcess.Builder trusting(ServerProcess.Builder server, TestCertificate certificate) {
        return server.with("javax.net.ssl.trustStore", certificate.store().toString())
                .with("javax.net.ssl.trustStorePassword", TestCertificate.PASSWORD);
    }

    private Path queueApplication() {
        Path war = directory.resolve("queue.war");
        ShrinkWrap.create(WebArchive.class, "queue.war")
                .addClass(QueueServlet.class)
                .as(ZipExporter.class)
                .exportTo(war.toFile());
        return war;
    }
}
