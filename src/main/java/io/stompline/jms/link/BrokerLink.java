package io.stompline.jms.link;

import io.stompline.config.JmsSettings;
import io.stompline.jms.provider.JmsProvider;
import io.stompline.jms.provider.JmsProvider.Use;
import io.stompline.routing.BusException;
import io.stompline.routing.BusException.Reason;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;

/**
 * Our connections to the message broker, from being opened until the first of them is lost. Thread-safe.
 *
 * <p>Three: for publishing, for what topics pump, and for feeds, so that a feed that is held back holds up nothing
 * else.
 */
public final class BrokerLink {
    private static final Logger LOG = System.getLogger(BrokerLink.class.getName());

    private static final int TRANSACTED_PRODUCERS = 2;

    private final long number;
    private final JmsProvider provider;
    private final List<Connection> connections = new ArrayList<>();
    private final Connection publishing;
    private final Connection feeds;
    private final ProducerPool producers;
    private final ProducerPool transactedProducers;
    private final PumpSessions pumps;
    private final JmsFailures failures;
    private final CurrentLink current;
    private volatile boolean lost;

    /**
     * Connects.
     *
     * @param number counts up: a greater one is newer
     * @param failures says what the failure of a call means
     * @param current hears that this link is lost, on a thread of the provider, or that a call leaves it in doubt
     */
    public BrokerLink(
            long number,
            JmsProvider provider,
            JmsSettings settings,
            ThreadFactory threads,
            JmsFailures failures,
            CurrentLink current)
            throws JMSException {
        this.number = number;
        this.provider = provider;
        this.failures = failures;
        this.current = current;
        try {
            this.publishing = connect(Use.PUBLISHING);
            if (provider.mayOpenTooEarly()
                    && !new PublishingTrial(publishing, settings.requestTimeout(), threads).passes()) {
                throw new JMSException(
                        "over a new connection it neither took nor refused a message in time; maybe it was not ready yet");
            }
            this.feeds = connect(Use.FEEDS);
            this.pumps = new PumpSessions(provider, connect(Use.TOPIC_PUMPS));
        } catch (JMSException | RuntimeException | OutOfMemoryError | LinkageError e) {
            // Of memory: there may be no thread for the trial. Of files: classes cannot be loaded.
            close();
            throw e;
        }
        int maxDestinations = provider.dialect().maxDestinationsPerProducer();
        Duration longestWait = settings.requestTimeout();
        this.producers = new ProducerPool(
                publishing, false, settings.publishers(), maxDestinations, longestWait, System::nanoTime);
        this.transactedProducers = new ProducerPool(
                publishing, true, TRANSACTED_PRODUCERS, maxDestinations, longestWait, System::nanoTime);
    }

    /** Counts up: of two links, the one with the greater number is newer. */
    public long number() {
        return number;
    }

    /** Whether one of its connections is lost. */
    public boolean isLost() {
        return lost;
    }

    /**
     * Makes one call over this link. If its failure may be the link's fault, the link is tried.
     *
     * @throws BusException with the reason
     */
    public void call(JmsStep step) {
        try {
            step.run();
        } catch (BusException e) {
            throw e;
        } catch (JMSException e) {
            throw failed(failures.translate(e));
        } catch (RuntimeException e) {
            throw failed(new BusException(Reason.UNAVAILABLE, "the message broker does not answer", e));
        }
    }

    private BusException failed(BusException failure) {
        if (failure.reason() == Reason.UNAVAILABLE) {
            current.suspect(this);
        }
        return failure;
    }

    /**
     * Makes one call with a producer session, whose sends take effect at once.
     *
     * @throws BusException with the reason; UNAVAILABLE if no session becomes free in time
     */
    public void withProducer(ProducerPool.Task task) {
        call(() -> producers.use(task));
    }

    /** As {@link #withProducer}, with a session whose sends take effect when the task commits it. */
    public void withTransactedProducer(ProducerPool.Task task) {
        call(() -> transactedProducers.use(task));
    }

    /** Producer sessions, for a step of a {@link #call}. */
    public ProducerPool producers() {
        return producers;
    }

    /** Sessions for topics and reply queues. */
    public PumpSessions pumps() {
        return pumps;
    }

    /**
     * A session for one feed.
     *
     * @param keepsMessages whether the message broker keeps what is not acknowledged; if not, there is nothing to
     *     acknowledge
     */
    public Session feedSession(boolean keepsMessages) throws JMSException {
        return keepsMessages ? provider.feedSession(feeds) : feeds.createSession(false, Session.DUPS_OK_ACKNOWLEDGE);
    }

    /** Asks the message broker for something small; blocks until it answers. */
    boolean answers() {
        try {
            publishing.createSession(false, Session.AUTO_ACKNOWLEDGE).close();
            return !lost;
        } catch (JMSException | RuntimeException e) {
            return false;
        }
    }

    /** Declares it lost. */
    void lose() {
        lost = true;
    }

    /** Closes sessions that were given up or are old; may block as long as a request. */
    public void tidy() {
        producers.tidy();
        transactedProducers.tidy();
    }

    /** Closes all connections with their sessions; may block as long as a request. */
    void close() {
        for (Connection connection : connections) {
            try {
                connection.close();
            } catch (JMSException | RuntimeException e) {
                // A broken connection cannot be stopped in order; it is closed nevertheless.
                LOG.log(Level.DEBUG, "closing a JMS connection: {0}", e.getMessage());
            }
        }
    }

    private Connection connect(Use use) throws JMSException {
        Connection connection = provider.connect(use);
        connections.add(connection);
        provider.onLoss(connection, () -> {
            lost = true;
            current.lost(this);
        });
        connection.start();
        return connection;
    }
}
