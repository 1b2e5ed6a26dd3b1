package io.stompline.jms.feed;

import io.stompline.jms.provider.JmsProvider;
import jakarta.jms.JMSException;
import jakarta.jms.Message;

/**
 * Acknowledges from whatever thread asks, while the listener goes on; one at a time, for a session is not made for
 * more.
 */
final class IndividualAcknowledgements implements Acknowledgements {
    private final JmsProvider provider;
    private boolean closed;

    IndividualAcknowledgements(JmsProvider provider) {
        this.provider = provider;
    }

    @Override
    public synchronized boolean acknowledge(Message message) throws JMSException {
        if (closed) {
            return false;
        }
        provider.acknowledge(message);
        return true;
    }

    @Override
    public void beforeReceiver() {
        // Nothing is bound to the listener.
    }

    @Override
    public void afterReceiver() {
        // The next may come at once.
    }

    @Override
    public synchronized void close() {
        closed = true;
    }
}
