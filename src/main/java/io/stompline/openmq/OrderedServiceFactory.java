package io.stompline.openmq;

import com.sun.messaging.jmq.io.Packet;
import com.sun.messaging.jmq.io.PacketDispatcher;
import com.sun.messaging.jmq.io.PacketType;
import com.sun.messaging.jmq.io.ReadWritePacket;
import com.sun.messaging.jmq.jmsserver.Globals;
import com.sun.messaging.jmq.jmsserver.core.Session;
import com.sun.messaging.jmq.jmsserver.data.PacketRouter;
import com.sun.messaging.jmq.jmsserver.service.Service;
import com.sun.messaging.jmq.jmsserver.service.imq.IMQDualThreadConnection;
import com.sun.messaging.jmq.jmsserver.service.imq.IMQDualThreadService;
import com.sun.messaging.jmq.jmsserver.service.imq.IMQDualThreadServiceFactory;
import com.sun.messaging.jmq.jmsserver.util.BrokerException;
import com.sun.messaging.jmq.util.lists.EventType;
import com.sun.messaging.jmq.util.lists.Reason;
import jakarta.jms.JMSException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Connections inside the JVM that keep the order of messages, and deliver them with one change of threads less.
 *
 * <p>OpenMQ (seen in 6.5.1) moves messages to a consumer on the threads of publishers: take the next one, put it into
 * the connection's queue. Two threads that do so at a time may swap their messages. Here one thread at a time does it
 * for a connection, on behalf of the others too. From the connection's queue a thread of the client would put each
 * message into the queue of its session; here it goes there at once. Installed by {@code
 * imq.service_handler.mqdirect2.class}.
 */
public final class OrderedServiceFactory extends IMQDualThreadServiceFactory {
    private static final Logger LOG = System.getLogger(OrderedServiceFactory.class.getName());

    /** Made by OpenMQ for the first connection, before that has a session. */
    public OrderedServiceFactory() {
        ClientClasses.load();
    }

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
        private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
        private final AtomicInteger calls = new AtomicInteger();
        private PacketDispatcher client;

        OrderedConnection(Service service, PacketRouter router) throws IOException, BrokerException {
            super(service, router);
        }

        @Override
        public void setReplyDispatcher(PacketDispatcher dispatcher) {
            super.setReplyDispatcher(dispatcher);
            client = dispatcher;
        }

        @Override
        public void eventOccured(
                EventType type, Reason reason, Object session, Object oldValue, Object newValue, Object data) {
            inTurn(() -> deliver((Session) session));
        }

        @Override
        public void processReadPacket(Packet packet) {
            if (packet.getPacketType() == PacketType.RESUME_FLOW) {
                // The client asks for more while it holds a lock that the delivery of a message needs.
                inTurn(() -> super.processReadPacket(packet));
            } else {
                super.processReadPacket(packet);
            }
        }

        private void inTurn(Runnable task) {
            tasks.add(task);
            if (calls.getAndIncrement() > 0) {
                // The thread that is at it does this one as well; waiting for a lock here could be a deadlock.
                return;
            }
            do {
                run(tasks.remove());
            } while (calls.decrementAndGet() > 0);
        }

        private static void run(Runnable task) {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                // It must not keep the next one from its turn: nothing would be delivered any more.
                LOG.log(Level.ERROR, "a connection inside the JVM failed to deliver", e);
            }
        }

        private void deliver(Session session) {
            while (runningMsgs && session.isBusy()) {
                ReadWritePacket packet = new OwnCopy();
                if (session.fillNextPacket(packet) != null) {
                    deliver(packet);
                }
            }
        }

        private void deliver(ReadWritePacket packet) {
            try {
                client.dispatch(packet);
            } catch (JMSException | RuntimeException e) {
                LOG.log(Level.WARNING, "a message could not be handed to its consumer", e);
            }
        }
    }

    /**
     * A packet that shares nothing with the one that it is a copy of: the client and the message broker each change
     * theirs.
     */
    private static final class OwnCopy extends ReadWritePacket {
        @Override
        public synchronized void fill(Packet original) throws IOException {
            fill(original, true);
        }
    }
}
