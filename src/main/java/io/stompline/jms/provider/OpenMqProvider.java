package io.stompline.jms.provider;

import com.sun.messaging.ConnectionConfiguration;
import com.sun.messaging.ConnectionFactory;
import com.sun.messaging.jms.notification.ConnectionClosedEvent;
import io.stompline.config.JmsSettings;
import io.stompline.routing.BrokerStore;
import io.stompline.routing.BusException.Reason;
import io.stompline.routing.Destination;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageListener;
import jakarta.jms.Session;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/**
 * OpenMQ, embedded in this JVM ({@code mq://localhost/direct}) or remote.
 *
 * <p>Seen with 6.5.1, alike in both modes: {@code acknowledgeThisMessage} works from any thread, also while the
 * listener runs or waits; consumers can be made and closed on a running session; closing a session gives unacknowledged
 * messages back at once, in order and marked as redelivered, and undelivered ones without that mark.
 */
public final class OpenMqProvider implements JmsProvider {
    /**
     * Most messages that the client holds for a consumer of a feed, the one in its listener included. Few, because held
     * messages are kept from other consumers of the queue. The client asks for more when half of them are consumed,
     * which costs two changes of threads.
     */
    private static final int MAX_FEED_BUFFER = 16;

    /** Of the prefetch, this part may wait in the client beside it. */
    private static final int FETCHED_AHEAD = 6;

    private final ProviderDialect dialect = new OpenMqDialect();
    private final String address;
    private final BrokerCredentials credentials;
    private final Duration requestTimeout;
    private final int prefetch;

    /** Connects to the address that is set, as the user that is set. */
    public OpenMqProvider(JmsSettings settings) {
        this(settings.address(), BrokerCredentials.from(settings), settings.requestTimeout(), settings.prefetch());
    }

    OpenMqProvider(String address, BrokerCredentials credentials, Duration requestTimeout, int prefetch) {
        this.address = address;
        this.credentials = credentials;
        this.requestTimeout = requestTimeout;
        this.prefetch = prefetch;
    }

    @Override
    public Connection connect(Use use) throws JMSException {
        return credentials.connect(factory(use));
    }

    @Override
    public void onLoss(Connection connection, Runnable listener) throws JMSException {
        JmsProvider.super.onLoss(connection, listener);
        if (connection instanceof com.sun.messaging.jms.Connection openMq) {
            // It calls the exception listener three seconds later.
            // Loads the class now: the event may come when the application has ended.
            Class<ConnectionClosedEvent> loss = ConnectionClosedEvent.class;
            openMq.setEventListener(event -> {
                if (loss.isInstance(event)) {
                    listener.run();
                }
            });
        }
    }

    @Override
    public Session pumpSession(Connection connection) throws JMSException {
        // Messages leave the message broker when it hands them out; no acknowledgement goes back for each.
        return ((com.sun.messaging.jms.Connection) connection)
                .createSession(com.sun.messaging.jms.Session.NO_ACKNOWLEDGE);
    }

    @Override
    public boolean acknowledgesIndividually() {
        return true;
    }

    @Override
    public void acknowledge(Message message) throws JMSException {
        ((com.sun.messaging.jms.Message) message).acknowledgeThisMessage();
    }

    @Override
    public boolean sharesRunningSessions() {
        return true;
    }

    /**
     * A message that arrives in the instant in which a listener is set may lie in the consumer until the next one
     * arrives: its reader sees no listener, then the listener is set and sees no message, then the reader stores the
     * message. Setting it looks again.
     */
    @Override
    public void listenAgain(MessageConsumer consumer, MessageListener listener) throws JMSException {
        consumer.setMessageListener(listener);
    }

    @Override
    public ProviderDialect dialect() {
        return dialect;
    }

    @Override
    public boolean mayOpenTooEarly() {
        return !isInThisJvm();
    }

    @Override
    public Optional<Reason> answer(JMSException failure) {
        Optional<Reason> answer = OpenMqAnswer.in(failure);
        if (!isInThisJvm() || !answer.equals(Optional.of(Reason.STORE_DAMAGED))) {
            return answer;
        }
        Optional<UnusedStoreFile> unused = UnusedStoreFile.in(String.valueOf(failure.getMessage()));
        unused.ifPresent(file -> file.remove(InstantSource.system()));
        return unused.isPresent() ? Optional.of(Reason.STORE_FULL) : answer;
    }

    @Override
    public BrokerStore store(Function<Destination, String> jmsName) {
        return isInThisJvm() ? new OpenMqStore(jmsName) : BrokerStore.UNKNOWN;
    }

    @Override
    public DurableBacklogs backlogs() {
        return isInThisJvm() ? new OpenMqBacklogs() : DurableBacklogs.OUT_OF_REACH;
    }

    private ConnectionFactory factory(Use use) throws JMSException {
        // OpenMQ reads it as an int.
        String timeout = Long.toString(Math.min(Integer.MAX_VALUE, requestTimeout.toMillis()));
        ConnectionFactory factory = new ConnectionFactory();
        factory.setProperty(ConnectionConfiguration.imqAddressList, address);
        factory.setProperty(ConnectionConfiguration.imqAddressListIterations, "1");
        // Its reconnect breaks CLIENT_ACKNOWLEDGE without an exception; ours rebuilds everything.
        factory.setProperty(ConnectionConfiguration.imqReconnectEnabled, "false");
        // 0, the default, waits without limit.
        factory.setProperty(ConnectionConfiguration.imqAckTimeout, timeout);
        factory.setProperty(ConnectionConfiguration.imqSocketConnectTimeout, timeout);
        factory.setProperty(ConnectionConfiguration.imqPortMapperSoTimeout, timeout);
        if (!isInThisJvm()) {
            // An embedded broker cannot be cut off; its connection never notes that a ping was answered and would be
            // given up.
            factory.setProperty(ConnectionConfiguration.imqPingInterval, pingIntervalSeconds());
            factory.setProperty(ConnectionConfiguration.imqPingAckTimeout, timeout);
            factory.setProperty(ConnectionConfiguration.imqAbortOnPingAckTimeout, "true");
        }
        // Otherwise a full destination drops messages: non-persistent ones always, in direct mode persistent ones too.
        factory.setProperty(ConnectionConfiguration.imqAckOnProduce, "true");
        if (use == Use.FEEDS) {
            factory.setProperty(ConnectionConfiguration.imqConsumerFlowLimit, Integer.toString(feedBuffer(prefetch)));
        }
        return factory;
    }

    /**
     * The flow limit of a feed's consumer. The client asks for more when the listener returns, and the listener of a
     * feed with as many unsettled messages as its prefetch does not: so with a limit of 1 no message waits here, and
     * with a higher one all but one do.
     */
    static int feedBuffer(int prefetch) {
        return Math.min(MAX_FEED_BUFFER, 1 + prefetch / FETCHED_AHEAD);
    }

    private boolean isInThisJvm() {
        return address.endsWith("/direct");
    }

    private String pingIntervalSeconds() {
        return Long.toString(Math.max(1, requestTimeout.toSeconds()));
    }
}
