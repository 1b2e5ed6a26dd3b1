package io.stompline.e2e.support;

import io.stompline.server.BrokerProcess;
import io.stompline.server.ServerProcess;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import java.util.UUID;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A broker that is a process of its own, a server that uses it, and a way in for JMS applications: one for all tests of
 * the bridge.
 */
public final class Bridge implements AutoCloseable {
    private final BrokerProcess broker = BrokerProcess.start();
    private final ServerProcess server = broker.usedBy(
                    ServerProcess.demo().with("stompline.rules.file", SharedServer.RULES))
            .start();

    /** A browser's connection. */
    public RawClient browser(String version) throws InterruptedException {
        return RawClient.connected(server.stompUri(), version);
    }

    /** A JMS application that knows nothing of STOMP. */
    public JMSContext application() throws JMSException {
        return broker.connectionFactory().createContext();
    }

    public ServerProcess server() {
        return server;
    }

    /** A name that no other test uses, good for a topic or queue on both sides. */
    public static String freshName() {
        return "t" + UUID.randomUUID().toString().replace("-", "");
    }

    @Override
    public void close() {
        server.close();
        broker.close();
    }

    /** Hands the one bridge of this JVM to tests that ask for it; it stops as {@link SharedServer} does. */
    public static final class Shared implements ParameterResolver {
        private static final class Running {
            static final Bridge BRIDGE = start();

            private static Bridge start() {
                Bridge started = new Bridge();
                Runtime.getRuntime().addShutdownHook(new Thread(started::close));
                return started;
            }
        }

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType().equals(Bridge.class);
        }

        @Override
        public Bridge resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return Running.BRIDGE;
        }
    }
}
