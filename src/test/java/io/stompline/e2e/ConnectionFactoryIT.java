package io.stompline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompline.server.ServerProcess;
import org.junit.jupiter.api.Test;

/** {@code stompline.jms.connection-factory} in the assembled server. */
class ConnectionFactoryIT {
    private static final String KEY = "stompline.jms.connection-factory";

    /** Inside a web application its connections take no listener, so the bridge has connections of its own and says so. */
    @Test
    void goesAroundTheManagedFactoryOfOpenMqsAdapter() throws Exception {
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
            assertThat(server.log())
                    .anyMatch(line -> line.contains("jms/stompline is managed by OpenMQ's resource adapter"));
        }
    }

    @Test
    void saysWhichFactoryIsUnknown() {
        ServerProcess.Builder builder = ServerProcess.demo().with(KEY, "jms/unknown");
        assertThatThrownBy(builder::start).hasMessageContaining("no JMS connection factory is known as jms/unknown");
    }
}
