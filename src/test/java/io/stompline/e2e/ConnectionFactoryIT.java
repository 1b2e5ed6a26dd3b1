package io.stompline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompline.e2e.support.Clients;
import io.stompline.e2e.support.RawClient;
import io.stompline.e2e.support.ReceivedFrame;
import io.stompline.server.ServerProcess;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code stompline.jms.connection-factory} in the assembled server. */
class ConnectionFactoryIT {
    private static final String KEY = "stompline.jms.connection-factory";

    @Test
    void factory_ofOpenMqsAdapter_reachesItsMessageBroker() throws Exception {
        try (ServerProcess server =
                        ServerProcess.demo().with(KEY, "jms/stompline").start();
                Clients clients = new Clients(server.stompUri())) {
            RawClient topic = clients.subscriber("/topic/factory");
            RawClient queue = clients.subscriber("/queue/factory\nack:client-individual");
            RawClient publisher = clients.connect();
            Clients.send(publisher, "/topic/factory", "t");
            Clients.send(publisher, "/queue/factory", "q");
            assertThat(ReceivedFrame.next(topic).body()).isEqualTo("t");
            assertThat(ReceivedFrame.next(queue).body()).isEqualTo("q");
        }
    }

    @Tag("long")
    @Test
    void factory_unknown_isNamed() {
        ServerProcess.Builder builder = ServerProcess.demo().with(KEY, "jms/unknown");
        assertThatThrownBy(builder::start).hasMessageContaining("no JMS connection factory is known as jms/unknown");
    }
}
