package io.stompline.jms.link;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.messaging.ConnectionFactory;
import io.stompline.config.JmsSettings;
import io.stompline.jms.EmbeddedBroker;
import io.stompline.jms.provider.JmsProvider;
import io.stompline.jms.provider.OpenMqProvider;
import io.stompline.jms.provider.PortableProvider;
import jakarta.jms.Connection;
import jakarta.jms.IllegalStateException;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PumpSessionsTest {
    private final JmsSettings settings = EmbeddedBroker.running().settings(EmbeddedBroker.Mode.DIRECT, "dead");

    @Test
    void consume_refused_closesItsSession() throws JMSException {
        List<Session> made = new ArrayList<>();
        try (Connection connection = new OpenMqProvider(settings).connect(JmsProvider.Use.TOPIC_PUMPS)) {
            PumpSessions pumps = new PumpSessions(new PortableProvider(new ConnectionFactory()), connection);
            assertThatThrownBy(() -> pumps.consume(
                            session -> {
                                made.add(session);
                                throw new InvalidDestinationException("refused by the test");
                            },
                            message -> {}))
                    .isInstanceOf(InvalidDestinationException.class);
            assertThatThrownBy(() -> made.get(0).createMessage()).isInstanceOf(IllegalStateException.class);
        }
    }
}
