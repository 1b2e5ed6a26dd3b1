package io.stompline.openmq;

import com.sun.messaging.jmq.jmsserver.Globals;
import com.sun.messaging.jmq.jmsserver.data.PacketRouter;
import com.sun.messaging.jmq.jmsserver.service.Service;
import com.sun.messaging.jmq.jmsserver.service.imq.IMQDualThreadConnection;
import com.sun.messaging.jmq.jmsserver.service.imq.IMQDualThreadService;
import com.sun.messaging.jmq.jmsserver.service.imq.IMQDualThreadServiceFactory;
import com.sun.messaging.jmq.jmsserver.util.BrokerException;
import com.sun.messaging.jmq.util.lists.EventType;
import com.sun.messaging.jmq.util.lists.Reason;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Connections inside the JVM that keep the order of messages.
 *
 * <p>OpenMQ (seen in 6.5.1) moves messages to a consumer on the threads of publishers: take the next one, put it into the
 * connection's queue. Two threads that do so at a time may put in the other order what they took. Here one thread at a time does it
 * for a connection, and does it for the others too. Installed by {@code imq.service_handler.mqdirect2.class}.
 */
public final class OrderedServiceFactory extends IMQDualThreadServiceFactory {
    @Override
    public Service createService(String name, int type) throws BrokerException {
        return new OrderedService(name, type, Globals.getPacketRouter(type));
    }

    private static final class OrderedService extends IMQDualThreadService {
        OrderedService(String name, int type, PacketRouter router) {
            super(name, type, router);
        }

        @Override
        public IMQDualThreadConnection createConnection() throws IOException, BrokerException {
            OrderedConnection connection = new OrderedConnection(this, router);
            connectionList.addConnection(connection);
            return connection;
        }
    }

    private static final class OrderedConnection extends IMQDualThreadConnection {
        private final Queue<Object> busySessions = new ConcurrentLinkedQueue<>();
        private final AtomicInteger calls = new AtomicInteger();

        OrderedConnection(Service service, PacketRouter router) throws IOException, BrokerException {
            super(service, router);
        }

        @Override
        public void eventOccured(
                EventType type, Reason reason, Object session, Object oldValue, Object newValue, Object data) {
            busySessions.add(session);
            if (calls.getAndIncrement() > 0) {
                // Whoever is at it does this one as well; to wait for a lock here could be a deadlock.
                return;
            }
            do {
                super.eventOccured(type, reason, busySessions.remove(), oldValue, newValue, data);
            } while (calls.decrementAndGet() > 0);
        }
    }
}
