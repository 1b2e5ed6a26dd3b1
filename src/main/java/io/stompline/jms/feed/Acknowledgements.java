package io.stompline.jms.feed;

import io.stompline.jms.provider.JmsProvider;
import jakarta.jms.JMSException;
import jakarta.jms.Message;

/** Acknowledges the messages of one session one by one, in the way the provider can. Thread-safe. */
interface Acknowledgements {
    /**
     * Acknowledges this message alone; blocks until it is done.
     *
     * @return {@code false} after {@link #close}: nothing is acknowledged
     */
    boolean acknowledge(Message message) throws JMSException;

    /** Called by the listener before the receiver gets a message. */
    void beforeReceiver();

    /** Called by the listener when the receiver is through with a message; returns when the next may come. */
    void afterReceiver();

    /** Releases waiting threads. Idempotent. */
    void close();

    /** The way for this provider and source. */
    static Acknowledgements of(JmsProvider provider, FeedSource source) {
        if (!source.keepsMessages()) {
            return new NoAcknowledgements();
        }
        return provider.acknowledgesIndividually()
                ? new IndividualAcknowledgements(provider)
                : new ListenerAcknowledgements(provider);
    }
}
