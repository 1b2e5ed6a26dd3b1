package io.stompline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompline.e2e.support.Clients;
import io.stompline.e2e.support.HttpStomp;
import io.stompline.e2e.support.RawClient;
import io.stompline.e2e.support.ReceivedFrame;
import io.stompline.server.ServerProcess;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Settings from outside, both ways, and the connection factory that one of them names. */
class SettingsIT {
    private static final String FACTORY = "stompline.jms.connection-factory";

    private static ServerProcess server;

    @RegisterExtension
    final Clients clients = new Clients(server.stompUri());

    @BeforeAll
    static void start() {
        server = ServerProcess.demo()
                .environment("STOMPLINE_FRAME_MAX_BYTES", "2097152")
                .with("stompline.subscription.max", "1")
                .with("stompline.http-fallback", "off")
                .with(FACTORY, "jms/stompline")
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void setting_environmentAndSystemProperties_areRead() throws Exception {
        String body = "x".repeat(2_000_000);
        RawClient client = clients.subscriber("/queue/large");
        client.send("SEND\ndestination:/queue/large\n\n" + body + "\0");
        assertThat(ReceivedFrame.next(client).body()).isEqualTo(body);

        client.send("SUBSCRIBE\nid:second\ndestination:/topic/x\n\n\0");
        assertThat(ReceivedFrame.next(client).header("message")).isEqualTo("limit exceeded");
    }

    @Test
    void fallback_off_isNotThere() {
        assertThat(HttpStomp.tryOpening(server.stompUri(), "POST", Map.of("Content-Type", "application/stomp"))
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void factory_ofOpenMqsAdapter_reachesItsMessageBroker() throws Exception {
        RawClient topic = clients.subscriber("/topic/factory");
        RawClient queue = clients.subscriber("/queue/factory\nack:client-individual");
        RawClient publisher = clients.connect();
        Clients.send(publisher, "/topic/factory", "t");
        Clients.send(publisher, "/queue/factory", "q");
        assertThat(ReceivedFrame.next(topic).body()).isEqualTo("t");
        assertThat(ReceivedFrame.next(queue).body()).isEqualTo("q");
    }

    @Tag("long")
    @Test
    void factory_unknown_isNamed() {
        ServerProcess.Builder builder = ServerProcess.demo().with(FACTORY, "jms/unknown");
        assertThatThrownBy(builder::start).hasMessageContaining("no JMS connection factory is known as jms/unknown");
    }
}
