package io.stompline.jms.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.config.JmsSettings;
import io.stompline.jms.EmbeddedBroker;
import io.stompline.jms.provider.JmsProvider;
import io.stompline.jms.provider.OpenMqDialect;
import io.stompline.jms.provider.OpenMqProvider;
import io.stompline.routing.Destination;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import org.junit.jupiter.api.Test;

class DestinationsTest {
    private static final Destination ORDERS = Destination.parse("/topic/orders").orElseThrow();

    private final JmsSettings settings =
            EmbeddedBroker.running().settings(EmbeddedBroker.Mode.DIRECT, "destinations.dead");
    private final Destinations destinations =
            new Destinations(new DestinationNames(new OpenMqDialect(), "dead.letters"));

    @Test
    void destination_sessionsOfOneFactory_shareOne() throws JMSException {
        try (Connection connection = new OpenMqProvider(settings).connect(JmsProvider.Use.FEEDS);
                Session first = connection.createSession();
                Session second = connection.createSession()) {
            assertThat(destinations.toJms(ORDERS, second)).isSameAs(destinations.toJms(ORDERS, first));
        }
    }

    @Test
    void destination_sessionsOfAnotherFactory_haveTheirOwn() throws JMSException {
        try (Connection connection = new OpenMqProvider(settings).connect(JmsProvider.Use.FEEDS);
                Session session = connection.createSession()) {
            Destinations others = destinations.ofAnotherFactory();
            assertThat(others.toJms(ORDERS, session)).isNotSameAs(destinations.toJms(ORDERS, session));
            assertThat(others.temporary()).isSameAs(destinations.temporary());
        }
    }
}
