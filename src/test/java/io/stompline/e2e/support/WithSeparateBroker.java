package io.stompline.e2e.support;

import io.stompline.server.BrokerProcess;
import io.stompline.server.ServerProcess;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Tests of a demo server with a message broker of its own, started once for the class; each test has its own clients.
 */
public abstract class WithSeparateBroker {
    protected static BrokerProcess broker;
    protected static ServerProcess server;

    /** The connections of the test that runs. */
    @RegisterExtension
    protected final Clients clients = new Clients(server.stompUri());

    /** Starts both; called before all tests. */
    protected static void start(UnaryOperator<ServerProcess.Builder> settings) {
        broker = BrokerProcess.start();
        server = settings.apply(broker.usedBy(ServerProcess.demo())).start();
    }

    @AfterAll
    static void stop() {
        server.close();
        broker.close();
    }
}
