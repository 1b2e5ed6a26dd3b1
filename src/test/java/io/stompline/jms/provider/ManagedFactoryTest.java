package io.stompline.jms.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompline.config.JmsSettings;
import io.stompline.jms.EmbeddedBroker;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.Session;
import jakarta.resource.spi.ConnectionManager;
import java.lang.reflect.Constructor;
import org.junit.jupiter.api.Test;

/** The factory that an application server gives for its own OpenMQ; its classes are there only when the tests run. */
class ManagedFactoryTest {
    private static final String PACKAGE = "com.sun.messaging.jms.ra.";

    private final JmsSettings settings = EmbeddedBroker.running().settings(EmbeddedBroker.Mode.TCP, "dead");

    @Test
    void managedFactory_connect_reachesItsMessageBroker() throws Exception {
        ConnectionFactory factory = factory(settings.address(), "admin", "admin");
        assertThat(ManagedFactory.is(factory)).isTrue();
        JmsProvider provider = ManagedFactory.provider(factory, elsewhere());
        try (Connection connection = provider.connect(JmsProvider.Use.FEEDS);
                Session one = connection.createSession(Session.CLIENT_ACKNOWLEDGE);
                Session other = connection.createSession(Session.CLIENT_ACKNOWLEDGE)) {
            assertThat(one.getAcknowledgeMode()).isEqualTo(Session.CLIENT_ACKNOWLEDGE);
            assertThat(other).isNotSameAs(one);
        }
    }

    @Test
    void managedFactory_connect_usesItsUser() throws Exception {
        JmsProvider provider = ManagedFactory.provider(factory(settings.address(), "admin", "wrong"), elsewhere());
        assertThatThrownBy(() -> provider.connect(JmsProvider.Use.FEEDS)).hasMessageContaining("user=admin");
    }

    /** An address that must not be used. */
    private JmsSettings elsewhere() {
        return new JmsSettings(
                "mq://localhost:1",
                settings.connectionFactory(),
                settings.user(),
                settings.passwordFile(),
                settings.publishers(),
                settings.maxBodyBytes(),
                settings.requestTimeout(),
                settings.reconnectMin(),
                settings.reconnectMax(),
                settings.maxDeliveries(),
                settings.redeliveryDelay(),
                settings.prefetch(),
                settings.durableMaxBytes(),
                settings.deadMessageQueue());
    }

    private static ConnectionFactory factory(String address, String user, String password)
            throws ReflectiveOperationException {
        Class<?> type = Class.forName(PACKAGE + "ManagedConnectionFactory");
        Object configuration = type.getConstructor().newInstance();
        type.getMethod("setAddressList", String.class).invoke(configuration, address);
        type.getMethod("setUserName", String.class).invoke(configuration, user);
        type.getMethod("setPassword", String.class).invoke(configuration, password);
        Constructor<?> constructor =
                Class.forName(PACKAGE + "ConnectionFactoryAdapter").getConstructor(type, ConnectionManager.class);
        return (ConnectionFactory) constructor.newInstance(configuration, null);
    }
}
