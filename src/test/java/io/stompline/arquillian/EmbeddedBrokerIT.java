package io.stompline.arquillian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.messaging.ConnectionConfiguration;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityRuntimeException;
import jakarta.jms.Queue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** What the assembled server gives to an application: the broker by JNDI, and connections of its own. */
@ArquillianTest
class EmbeddedBrokerIT {

    private static final long RECEIVE_MILLIS = 5_000;

    @Deployment
    static WebArchive application() {
        return ShrinkWrap.create(WebArchive.class, "embedded-broker.war").addPackages(true, "org.assertj.core");
    }

    @Test
    @SuppressWarnings("BanJNDI") // the name is a constant
    void jndi_connectionFactory_carriesAMessage() throws NamingException {
        ConnectionFactory managed = InitialContext.doLookup("jms/stompline");
        try (JMSContext context = managed.createContext()) {
            assertThat(sendAndReceive(context)).isEqualTo("hello");
        }
    }

    @Test
    void directConnection_accountOfTheApplication_isOpened() throws JMSException, IOException {
        String password = Files.readString(Path.of(System.getProperty("stompline.jms.password-file")))
                .strip();
        try (JMSContext context = direct().createContext(System.getProperty("stompline.jms.user"), password)) {
            assertThat(sendAndReceive(context)).isEqualTo("hello");
        }
    }

    @Test
    void directConnection_defaultAccountOfOpenMq_isRefused() throws JMSException {
        ConnectionFactory factory = direct();
        for (String name : new String[] {"admin", "guest"}) {
            assertThatThrownBy(() -> factory.createContext(name, name).close())
                    .isInstanceOf(JMSSecurityRuntimeException.class);
        }
    }

    private static ConnectionFactory direct() throws JMSException {
        com.sun.messaging.ConnectionFactory factory = new com.sun.messaging.ConnectionFactory();
        factory.setProperty(ConnectionConfiguration.imqAddressList, "mq://localhost/direct");
        return factory;
    }

    private static String sendAndReceive(JMSContext context) {
        Queue queue = context.createQueue("test" + UUID.randomUUID().toString().replace("-", ""));
        context.createProducer().send(queue, "hello");
        return context.createConsumer(queue).receiveBody(String.class, RECEIVE_MILLIS);
    }
}
