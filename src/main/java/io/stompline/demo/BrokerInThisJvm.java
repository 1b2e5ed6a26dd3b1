package io.stompline.demo;

import com.sun.messaging.jmq.jmsserver.Globals;
import com.sun.messaging.jmq.jmsserver.service.Connection;
import com.sun.messaging.jmq.jmsserver.service.imq.IMQConnection;
import com.sun.messaging.jmq.util.GoodbyeReason;
import java.util.List;

/**
 * The OpenMQ that the resource adapter has started in this JVM, and how to cut Stompline off from it.
 *
 * <p>Restarting OpenMQ 6.5.1 here works, and Stompline goes on; but the connection factory of the application server
 * keeps talking to the instance before: every later transaction of a bean fails ("connection ID not found").
 */
final class BrokerInThisJvm {
    /** Connections of {@code mq://localhost/direct}; those of the application server have another service. */
    private static final String SERVICE = "mqdirect2";

    private static final String REASON = "somebody pulled the plug";

    private BrokerInThisJvm() {}

    static boolean isThere() {
        try {
            return Globals.getServiceManager() != null
                    && Globals.getServiceManager().getService(SERVICE) != null;
        } catch (LinkageError none) {
            return false;
        }
    }

    /** Ends the connections of Stompline from the side of the message broker, as if that went away. */
    static void cut() {
        List<Connection> connections = Globals.getConnectionManager()
                .getConnectionList(Globals.getServiceManager().getService(SERVICE));
        if (connections.isEmpty()) {
            return;
        }
        // To all connections of the message broker, not only to those that end: there is no goodbye to one service.
        Globals.getConnectionManager().broadcastGoodbye(GoodbyeReason.SHUTDOWN_BKR, REASON);
        for (Connection connection : connections) {
            if (connection instanceof IMQConnection own) {
                end(own);
            }
        }
    }

    private static void end(IMQConnection connection) {
        try {
            // Its consumers would go on taking messages.
            connection.cleanupConnection();
        } finally {
            connection.destroy(false, GoodbyeReason.SHUTDOWN_BKR, REASON);
        }
    }
}
