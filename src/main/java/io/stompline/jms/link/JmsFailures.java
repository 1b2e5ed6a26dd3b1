package io.stompline.jms.link;

import io.stompline.jms.provider.JmsProvider;
import io.stompline.routing.BusException;
import io.stompline.routing.BusException.Reason;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.InvalidSelectorException;
import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import jakarta.jms.MessageFormatException;
import jakarta.jms.ResourceAllocationException;

/** Says what a failure of the message broker means to a session. */
public final class JmsFailures {
    private final JmsProvider provider;

    /** Translates failures of that provider. */
    public JmsFailures(JmsProvider provider) {
        this.provider = provider;
    }

    /** The failure in terms of {@link io.stompline.routing.MessageBus}; UNAVAILABLE if it may be the connection's. */
    public BusException translate(JMSException failure) {
        if (failure instanceof ResourceAllocationException) {
            return new BusException(Reason.FULL, "the destination is at a limit of the message broker", failure);
        }
        if (failure instanceof InvalidSelectorException) {
            return new BusException(Reason.BAD_SELECTOR, "the selector cannot be understood", failure);
        }
        if (isRefusal(failure)) {
            return new BusException(Reason.REFUSED, "the message broker refuses this", failure);
        }
        return new BusException(Reason.UNAVAILABLE, "the message broker cannot be reached", failure);
    }

    private boolean isRefusal(JMSException failure) {
        return failure instanceof InvalidDestinationException
                || failure instanceof JMSSecurityException
                || failure instanceof MessageFormatException
                || provider.isRefusal(failure);
    }
}
