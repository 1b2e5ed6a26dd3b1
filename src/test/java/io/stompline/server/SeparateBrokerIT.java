package io.stompline.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.jms.JMSContext;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server with a broker that is a process of its own. */
class SeparateBrokerIT {
    private static final long RECEIVE_MILLIS = 10_000;

    @TempDir
    private Path directory;

    @Test
    void separateBroker_configured_isUsedInsteadOfTheEmbeddedOne() throws Exception {
        try (BrokerProcess broker = BrokerProcess.start();
                ServerProcess server = broker.usedBy(ServerProcess.product())
                        .war(queueApplication())
                        .data(directory.resolve("data"))
                        .start()) {
            assertThat(directory.resolve("data/mq")).doesNotExist();
            assertThat(ListeningPorts.of(server.pid())).containsExactly("0100007F:%04X".formatted(server.port()));
            assertThat(post(server, "over there")).isEqualTo(200);
            try (JMSContext elsewhere = broker.connectionFactory().createContext()) {
                assertThat(elsewhere
                                .createConsumer(elsewhere.createQueue("kept"))
                                .receiveBody(String.class, RECEIVE_MILLIS))
                        .isEqualTo("over there");
            }
        }
    }

    @Test
    void separateBroker_settingMissing_isNamed() {
        ServerProcess.Builder builder =
                ServerProcess.product().with("stompline.jms.address", "mqtcp://broker.example:7676/jms");
        assertThatThrownBy(builder::start).hasMessageContaining("stompline.jms.user is needed for mqtcp://");
    }

    private Path queueApplication() {
        Path war = directory.resolve("queue.war");
        ShrinkWrap.create(WebArchive.class, "queue.war")
                .addClass(QueueServlet.class)
                .as(ZipExporter.class)
                .exportTo(war.toFile());
        return war;
    }

    private static int post(ServerProcess server, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.uri("/queue"))
                .POST(BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).statusCode();
    }
}
