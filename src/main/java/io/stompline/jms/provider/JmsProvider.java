package io.stompline.jms.provider;

import io.stompline.config.JmsSettings;
import io.stompline.routing.BrokerStore;
import io.stompline.routing.BusException.Reason;
import io.stompline.routing.Destination;
import jakarta.jms.Connection;
import jakarta.jms.IllegalStateException;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageListener;
import jakarta.jms.Session;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.function.Function;

/**
 * The differences between providers of Jakarta Messaging: how to connect, what is possible beyond the standard, and the
 * {@linkplain ProviderDialect dialect} of names. Thread-safe.
 */
public interface JmsProvider {
    /** The use of a connection. */
    enum Use {
        PUBLISHING,
        TOPIC_PUMPS,
        FEEDS
    }

    /**
     * The provider that the settings name.
     *
     * @throws java.lang.IllegalStateException if the password file cannot be read or the JNDI name leads nowhere
     */
    static JmsProvider from(JmsSettings settings) {
        return new ProviderChoice(settings).choose();
    }

    /**
     * Opens a connection; not started.
     *
     * @throws JMSException if the message broker cannot be reached or refuses us
     */
    Connection connect(Use use) throws JMSException;

    /**
     * Calls {@code listener} when that connection is lost, maybe more than once, on a thread of the provider.
     *
     * <p>A managed connection does not tell; its loss is seen when a request fails.
     */
    default void onLoss(Connection connection, Runnable listener) throws JMSException {
        try {
            connection.setExceptionListener(failure -> listener.run());
        } catch (IllegalStateException managed) {
            System.getLogger(JmsProvider.class.getName())
                    .log(Level.DEBUG, "this connection does not tell when it is lost: {0}", managed.getMessage());
        }
    }

    /**
     * Opens a session for consumers whose messages are lost with them anyway, so that acknowledgements may be late, or
     * none.
     *
     * @param connection one of {@link #connect}
     */
    default Session pumpSession(Connection connection) throws JMSException {
        return connection.createSession(false, Session.DUPS_OK_ACKNOWLEDGE);
    }

    /**
     * Opens a session for a feed whose messages the message broker keeps until {@link #acknowledge}: in a mode in which
     * nothing else acknowledges them.
     *
     * @param connection one of {@link #connect}
     */
    default Session feedSession(Connection connection) throws JMSException {
        return connection.createSession(false, Session.CLIENT_ACKNOWLEDGE);
    }

    /**
     * Whether {@link #acknowledge} settles one message alone, from any thread; if not, a message is settled before the
     * next is taken.
     */
    boolean acknowledgesIndividually();

    /**
     * Acknowledges a message of a {@link #feedSession}.
     *
     * <p>One thread at a time per session; the listener's own thread unless {@link #acknowledgesIndividually()}.
     */
    void acknowledge(Message message) throws JMSException;

    /** Whether consumers may be added to and taken from a session whose listeners run. */
    boolean sharesRunningSessions();

    /**
     * Sets the listener of a consumer of a running session once more, if that makes the provider deliver messages that
     * it overlooked when the listener was set first. Called now and then. Any thread.
     */
    default void listenAgain(MessageConsumer consumer, MessageListener listener) throws JMSException {
        // The standard asks a provider to overlook nothing, and us not to change listeners that run.
    }

    /** The rules of its message broker for names, sizes and selectors. */
    ProviderDialect dialect();

    /**
     * Whether a new connection may let nothing be published for as long as it lasts, so that it has to be tried before
     * it is used.
     */
    boolean mayOpenTooEarly();

    /**
     * The answer of the message broker, if this failure is one, so that the connection works. Asked where the
     * class of the exception does not tell.
     *
     * @return empty if the failure may be the connection's
     */
    Optional<Reason> answer(JMSException failure);

    /**
     * The messages that the message broker keeps, if it tells.
     *
     * @param jmsName the name of a destination there
     */
    default BrokerStore store(Function<Destination, String> jmsName) {
        return BrokerStore.UNKNOWN;
    }

    /** The backlogs of durable subscriptions, if the message broker lets us remove some of them. */
    default DurableBacklogs backlogs() {
        return DurableBacklogs.OUT_OF_REACH;
    }
}
