package io.stompline.jms.link;

import io.stompline.routing.BusException;
import io.stompline.routing.BusException.Reason;
import jakarta.jms.JMSException;

/**
 * Makes calls over the link of the moment, says what their failures mean, and has a doubtful link tried. Thread-safe.
 */
public final class JmsCalls {
    /** A call over a link. */
    @FunctionalInterface
    public interface LinkTask {
        void run(BrokerLink link) throws JMSException;
    }

    private final CurrentLink current;
    private final JmsFailures failures;

    /** Calls over that link, and those that follow it. */
    public JmsCalls(CurrentLink current, JmsFailures failures) {
        this.current = current;
        this.failures = failures;
    }

    /**
     * Does that over the link of the moment.
     *
     * @throws BusException with the reason
     */
    public void call(LinkTask task) {
        callOver(current.get(), task);
    }

    /**
     * Borrows a producer session of the link of the moment for this task.
     *
     * @throws BusException with the reason; UNAVAILABLE if no session becomes free in time
     */
    public void withProducer(ProducerPool.Task task) {
        call(link -> link.producers().use(task));
    }

    /** As {@link #withProducer}, with a session whose sends take effect when the task commits it. */
    public void withTransactedProducer(ProducerPool.Task task) {
        call(link -> link.transactedProducers().use(task));
    }

    /**
     * Does that over this link.
     *
     * @throws BusException with the reason
     */
    public void callOver(BrokerLink link, LinkTask task) {
        try {
            task.run(link);
        } catch (BusException e) {
            throw e;
        } catch (JMSException e) {
            throw failed(link, failures.translate(e));
        } catch (RuntimeException e) {
            throw failed(link, new BusException(Reason.UNAVAILABLE, "the message broker does not answer", e));
        }
    }

    private BusException failed(BrokerLink link, BusException failure) {
        if (failure.reason() == Reason.UNAVAILABLE) {
            current.suspect(link);
        }
        return failure;
    }
}
