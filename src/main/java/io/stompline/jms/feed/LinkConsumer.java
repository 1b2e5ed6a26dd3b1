package io.stompline.jms.feed;

import io.stompline.jms.link.BrokerLink;
import io.stompline.jms.provider.JmsProvider;
import jakarta.jms.JMSException;

/**
 * Something of ours that consumes over a {@link BrokerLink} and moves to the next link when that is lost. Thread-safe.
 */
public interface LinkConsumer {
    /**
     * Consumes over this link from now on. If it does already, or over a newer one, it {@linkplain
     * JmsProvider#listenAgain listens again}; after the end it does nothing.
     *
     * @throws JMSException if it could not; the next call tries again
     */
    void attach(BrokerLink link) throws JMSException;

    /** Releases threads that wait on the current link, which is being closed. */
    void detach();

    /** For the log. */
    String name();
}
