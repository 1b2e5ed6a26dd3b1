package io.stompline.jms.provider;

import io.stompline.routing.BusException.Reason;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.util.Optional;

/**
 * Any provider, with what the standard promises: no wildcards, one unsettled message at a time per feed, a session per
 * consumer.
 */
public final class PortableProvider implements JmsProvider {
    private final ProviderDialect dialect = new PortableDialect();
    private final ConnectionFactory factory;
    private final BrokerCredentials credentials;

    /** Connects through that factory, as the user that is configured in it. */
    public PortableProvider(ConnectionFactory factory) {
        this(factory, BrokerCredentials.none());
    }

    PortableProvider(ConnectionFactory factory, BrokerCredentials credentials) {
        this.factory = factory;
        this.credentials = credentials;
    }

    @Override
    public Connection connect(Use use) throws JMSException {
        return credentials.connect(factory);
    }

    @Override
    public boolean acknowledgesIndividually() {
        return false;
    }

    @Override
    public void acknowledge(Message message) throws JMSException {
        message.acknowledge();
    }

    @Override
    public boolean sharesRunningSessions() {
        return false;
    }

    @Override
    public ProviderDialect dialect() {
        return dialect;
    }

    @Override
    public boolean mayOpenTooEarly() {
        return false;
    }

    @Override
    public Optional<Reason> answer(JMSException failure) {
        return Optional.empty();
    }
}
