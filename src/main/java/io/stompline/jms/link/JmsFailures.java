package io.stompline.jms.link;

import io.stompline.bounds.OnceLog;
import io.stompline.jms.provider.JmsProvider;
import io.stompline.routing.BusException;
import io.stompline.routing.BusException.Reason;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.InvalidSelectorException;
import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import jakarta.jms.MessageFormatException;
import jakarta.jms.ResourceAllocationException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;

/**
 * Maps failures of the message broker to {@link BusException}s. Logs those that an operator has to mend. Thread-safe.
 */
public final class JmsFailures {
    private static final Logger LOG = System.getLogger(JmsFailures.class.getName());

    /** How often the log says that the message broker fails for one reason, while it does. */
    private static final Duration REPEAT = Duration.ofSeconds(30);

    private final JmsProvider provider;
    private final OnceLog faults = new OnceLog(LOG, REPEAT, System::nanoTime);

    /** Translates failures of that provider. */
    public JmsFailures(JmsProvider provider) {
        this.provider = provider;
    }

    /** The failure in terms of {@link io.stompline.routing.MessageBus}; UNAVAILABLE if it may be the connection's. */
    public BusException translate(JMSException failure) {
        Reason reason = reason(failure);
        if (reason == Reason.STORE_FULL || reason == Reason.STORE_DAMAGED || reason == Reason.FAILED) {
            Object subject = reason == Reason.STORE_DAMAGED ? withoutRequest(failure) : reason;
            faults.log(Level.WARNING, subject, sentence(reason) + ": " + failure.getMessage());
        }
        return new BusException(reason, sentence(reason), failure);
    }

    /** Of a damaged store the text names the destination, after the request that met it: {@code [SEND_REPLY(9)]}. */
    private static String withoutRequest(JMSException failure) {
        return String.valueOf(failure.getMessage()).replaceFirst("^\\[\\w+\\(\\d+\\)] ", "");
    }

    private Reason reason(JMSException failure) {
        if (failure instanceof InvalidSelectorException) {
            return Reason.BAD_SELECTOR;
        }
        Optional<Reason> answer = provider.answer(failure);
        if (answer.isPresent()) {
            return answer.get();
        }
        if (failure instanceof ResourceAllocationException) {
            return Reason.FULL;
        }
        return isRefusal(failure) ? Reason.REFUSED : Reason.UNAVAILABLE;
    }

    private static boolean isRefusal(JMSException failure) {
        return failure instanceof InvalidDestinationException
                || failure instanceof JMSSecurityException
                || failure instanceof MessageFormatException;
    }

    private static String sentence(Reason reason) {
        return switch (reason) {
            case UNAVAILABLE -> "the message broker cannot be reached";
            case GIVEN_BACK -> "the connection to the message broker was lost";
            case FULL -> "the destination is at a limit of the message broker";
            case TOO_LARGE -> "the message is larger than the message broker takes";
            case STORE_FULL -> "the disk of the message broker is full";
            case STORE_DAMAGED ->
                "what the message broker has stored for this destination is damaged; messages there cannot be read";
            case FAILED -> "the message broker failed to carry this out; the log of the server says more";
            case REFUSED -> "the message broker refuses this";
            case BAD_HEADER -> "a header of the message cannot be sent";
            case BAD_DESTINATION -> "the message broker takes no destination of this name";
            case BAD_SELECTOR ->
                "the selector cannot be understood: it compares headers, as in urgent = 'yes' AND priority > 4";
            case IN_USE -> "the durable subscription has an active consumer";
        };
    }
}
