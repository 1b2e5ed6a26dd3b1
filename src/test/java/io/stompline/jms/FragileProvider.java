package io.stompline.jms;

import io.stompline.jms.provider.DurableBacklogs;
import io.stompline.jms.provider.JmsProvider;
import io.stompline.jms.provider.ProviderDialect;
import io.stompline.routing.BrokerStore;
import io.stompline.routing.BusException.Reason;
import io.stompline.routing.Destination;
import jakarta.jms.Connection;
import jakarta.jms.ExceptionListener;
import jakarta.jms.IllegalStateException;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageListener;
import jakarta.jms.Session;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * A provider whose connections can be broken, kept broken and intercepted, and whose consumers can overlook their
 * listeners.
 */
final class FragileProvider implements JmsProvider {
    private final JmsProvider real;
    private final List<Connection> connections = new CopyOnWriteArrayList<>();
    private volatile boolean down;
    private volatile boolean lacksAClass;
    private volatile boolean breakBeforeAcknowledgement;
    private volatile boolean overlooking;
    private volatile Intercepted.Interceptor nextPublishing;
    private volatile boolean opensTooEarly;
    private volatile int connects;

    FragileProvider(JmsProvider real) {
        this.real = real;
    }

    /** Breaks every connection; new ones are possible at once. */
    void breakConnections() {
        for (Connection connection : List.copyOf(connections)) {
            connections.remove(connection);
            breakConnection(connection);
        }
    }

    /** Breaks every connection, and there are no new ones until {@link #comeBack}. */
    void goDown() {
        down = true;
        breakConnections();
    }

    void comeBack() {
        down = false;
    }

    /** Breaks every connection when the next message is to be acknowledged, which fails. */
    void breakBeforeNextAcknowledgement() {
        breakBeforeAcknowledgement = true;
    }

    /** From now on, consumers of new sessions overlook that a listener is set for the first time. */
    void overlookListeners() {
        overlooking = true;
        breakConnections();
    }

    /** Connections may be opened too early. */
    void beEarly() {
        opensTooEarly = true;
    }

    /** Breaks every connection, and intercepts the next one for publishing. */
    void interceptNextPublishing(Intercepted.Interceptor interceptor) {
        nextPublishing = interceptor;
        breakConnections();
    }

    /** Breaks every connection, and lacks a class at the next. */
    void lackAClass() {
        lacksAClass = true;
        breakConnections();
    }

    /** How often somebody wanted a connection. */
    int connects() {
        return connects;
    }

    @Override
    public synchronized Connection connect(Use use) throws JMSException {
        connects++;
        if (down) {
            throw new JMSException("down for the test");
        }
        if (lacksAClass) {
            lacksAClass = false;
            throw new NoClassDefFoundError("for the test");
        }
        Connection connection = real.connect(use);
        connections.add(connection);
        Intercepted.Interceptor interceptor = nextPublishing;
        if (interceptor != null && use == Use.PUBLISHING) {
            nextPublishing = null;
            return Intercepted.connection(connection, interceptor);
        }
        return overlooking && use == Use.FEEDS ? Intercepted.connection(connection, new Overlooking()) : connection;
    }

    @Override
    public void onLoss(Connection connection, Runnable listener) throws JMSException {
        real.onLoss(connection, listener);
    }

    @Override
    public Session pumpSession(Connection connection) throws JMSException {
        Session session = real.pumpSession(connection);
        return overlooking ? Intercepted.session(session, new Overlooking()) : session;
    }

    @Override
    public boolean acknowledgesIndividually() {
        return real.acknowledgesIndividually();
    }

    @Override
    public void acknowledge(Message message) throws JMSException {
        if (breakBeforeAcknowledgement) {
            breakBeforeAcknowledgement = false;
            breakConnections();
            throw new JMSException("broken by the test");
        }
        real.acknowledge(message);
    }

    @Override
    public boolean sharesRunningSessions() {
        return real.sharesRunningSessions();
    }

    @Override
    public void listenAgain(MessageConsumer consumer, MessageListener listener) throws JMSException {
        real.listenAgain(consumer, listener);
    }

    @Override
    public BrokerStore store(Function<Destination, String> jmsName) {
        return real.store(jmsName);
    }

    @Override
    public DurableBacklogs backlogs() {
        return real.backlogs();
    }

    @Override
    public ProviderDialect dialect() {
        return real.dialect();
    }

    @Override
    public boolean mayOpenTooEarly() {
        return opensTooEarly || real.mayOpenTooEarly();
    }

    @Override
    public Optional<Reason> answer(JMSException failure) {
        return real.answer(failure);
    }

    private static void breakConnection(Connection connection) {
        try {
            ExceptionListener listener = connection.getExceptionListener();
            connection.close();
            listener.onException(new JMSException("broken by the test"));
        } catch (IllegalStateException closed) {
            // The bus was faster: it gives up all connections when one is lost.
            return;
        } catch (JMSException e) {
            throw new AssertionError(e);
        }
    }
}
