package io.stompline.jms.feed;

import io.stompline.jms.link.BrokerLink;
import io.stompline.jms.link.PumpConsumer;
import jakarta.jms.JMSException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Holds the one running consumer of a pump: on the newest link it was given, and none after it was closed. Thread-safe. */
final class PumpSlot {
    private static final Logger LOG = System.getLogger(PumpSlot.class.getName());

    /** Starts the consumer. */
    @FunctionalInterface
    interface Starter {
        PumpConsumer start() throws JMSException;
    }

    private BrokerLink link;
    private PumpConsumer running;
    private boolean closed;

    /** Starts a consumer unless one runs on this link or a newer one, which listens again. What ran on an older link died with it. */
    synchronized void fill(BrokerLink newLink, Starter starter) throws JMSException {
        if (!closed && (link == null || newLink.isNewerThan(link))) {
            running = starter.start();
            link = newLink;
        } else if (running != null) {
            running.listenAgain();
        }
    }

    /**
     * Stops the consumer and takes no other. Idempotent. Waits for the consumer without a lock: if the message broker hangs,
     * {@link #fill} must not wait too when the next link asks.
     */
    void close() {
        PumpConsumer last = end();
        if (last != null) {
            try {
                last.stop();
            } catch (JMSException | RuntimeException e) {
                // The connection is lost, and the consumer with it.
                LOG.log(Level.DEBUG, "closing a consumer: {0}", e.getMessage());
            }
        }
    }

    private synchronized PumpConsumer end() {
        closed = true;
        PumpConsumer last = running;
        running = null;
        return last;
    }
}
