package io.stompline.jms.link;

import io.stompline.jms.provider.JmsProvider;
import jakarta.jms.Connection;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageListener;
import jakarta.jms.Session;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sessions for consumers that only pass messages on: a few for all if the provider allows it, else one for each.
 *
 * <p>A session is a thread, and with OpenMQ two consumers of one session never run at the same time. Thread-safe.
 */
public final class PumpSessions {
    /** Some parallelism, few threads. */
    private static final int SHARED = 4;

    /** Makes the destination to consume from, with the session of the consumer. */
    @FunctionalInterface
    public interface Source {
        Destination in(Session session) throws JMSException;
    }

    private final JmsProvider provider;
    private final Connection connection;
    private final Session[] shared;
    private final AtomicInteger next = new AtomicInteger();

    PumpSessions(JmsProvider provider, Connection connection) throws JMSException {
        this.provider = provider;
        this.connection = connection;
        this.shared = new Session[provider.sharesRunningSessions() ? SHARED : 0];
        for (int i = 0; i < shared.length; i++) {
            shared[i] = provider.pumpSession(connection);
        }
    }

    /**
     * Consumes without acknowledgement; the listener must not block. When this returns, the consumer exists at the
     * message broker.
     */
    public PumpConsumer consume(Source source, MessageListener listener) throws JMSException {
        if (shared.length == 0) {
            return consumeAlone(source, listener);
        }
        Session session = shared[Math.floorMod(next.getAndIncrement(), shared.length)];
        synchronized (session) {
            MessageConsumer consumer = consumer(session, source, listener);
            return new PumpConsumer(() -> provider.listenAgain(consumer, listener), () -> {
                synchronized (session) {
                    consumer.close();
                }
            });
        }
    }

    private PumpConsumer consumeAlone(Source source, MessageListener listener) throws JMSException {
        Session own = provider.pumpSession(connection);
        try {
            MessageConsumer consumer = consumer(own, source, listener);
            return new PumpConsumer(() -> provider.listenAgain(consumer, listener), own::close);
        } catch (JMSException | RuntimeException e) {
            // It is tried again and again: each time with a session, which is a thread.
            own.close();
            throw e;
        }
    }

    private static MessageConsumer consumer(Session session, Source source, MessageListener listener)
            throws JMSException {
        MessageConsumer consumer = session.createConsumer(source.in(session));
        consumer.setMessageListener(listener);
        return consumer;
    }
}
