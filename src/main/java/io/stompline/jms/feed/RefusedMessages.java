package io.stompline.jms.feed;

import io.stompline.jms.link.BrokerLink;
import io.stompline.jms.message.HeaderMapping;
import io.stompline.jms.message.SendOptions;
import io.stompline.metrics.Counter;
import io.stompline.metrics.Meter;
import io.stompline.metrics.Metrics;
import io.stompline.routing.Destination;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.time.Clock;
import java.time.Duration;

/**
 * Puts messages that a consumer refused back into their queue, or into the dead message queue.
 *
 * <p>It sends a copy, and the caller acknowledges the original afterwards: if we die in between, the message is there
 * twice, never lost. Thread-safe.
 */
public final class RefusedMessages {
    private final String deadMessageQueue;
    /** A longer pause than this only the setting makes. */
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

    private final int maxDeliveries;
    private final Duration redeliveryDelay;
    private final Counter dead;
    private final Clock clock;

    /**
     * Puts refused messages back, or aside.
     *
     * @param deadMessageQueue JMS name of the queue for messages that were refused for good
     * @param maxDeliveries after so many a message goes there
     * @param redeliveryDelay as {@link io.stompline.config.JmsSettings#redeliveryDelay}
     */
    public RefusedMessages(
            String deadMessageQueue, int maxDeliveries, Duration redeliveryDelay, Metrics metrics, Clock clock) {
        this.deadMessageQueue = deadMessageQueue;
        this.maxDeliveries = maxDeliveries;
        this.redeliveryDelay = redeliveryDelay;
        this.dead = metrics.counter(Meter.JMS_DEAD_MESSAGES);
        this.clock = clock;
    }

    /** Whether a message that was delivered so often may be delivered again. */
    boolean mayTryAgain(int deliveries) {
        return deliveries < maxDeliveries;
    }

    /**
     * How long a refused message waits for its next delivery. The first time another consumer may do better at once;
     * later what all of them need may be away.
     *
     * @param deliveries so far
     */
    Duration pause(int deliveries) {
        if (deliveries < 2) {
            return Duration.ZERO;
        }
        Duration longest = redeliveryDelay.compareTo(LONGEST_PAUSE) > 0 ? redeliveryDelay : LONGEST_PAUSE;
        Duration doubled = redeliveryDelay.multipliedBy(1L << Math.min(deliveries - 2, 20));
        return doubled.compareTo(longest) > 0 ? longest : doubled;
    }

    /** Sends a copy to the end of the same queue, for after its pause, unless the message has expired meanwhile. */
    void requeue(BrokerLink link, Message original, int deliveries) throws JMSException {
        SendOptions options = options(original, pause(deliveries));
        if (!options.expired()) {
            link.producers().use(producer -> {
                Message copy = MessageCopy.of(original, producer.session());
                copy.setIntProperty(HeaderMapping.DELIVERIES_PROPERTY, deliveries);
                producer.send(original.getJMSDestination(), copy, options);
            });
        }
    }

    /** Sends a copy to the dead message queue, with the reason and where it comes from. */
    void moveToDeadQueue(BrokerLink link, Message original, Destination from, String reason, int deliveries)
            throws JMSException {
        SendOptions options = new SendOptions(DeliveryMode.PERSISTENT, original.getJMSPriority(), 0, 0, false);
        link.producers().use(producer -> {
            Message copy = MessageCopy.of(original, producer.session());
            copy.setStringProperty(HeaderMapping.DEAD_REASON_PROPERTY, reason);
            copy.setStringProperty(HeaderMapping.DEAD_DESTINATION_PROPERTY, from.text());
            copy.setIntProperty(HeaderMapping.DEAD_DELIVERIES_PROPERTY, deliveries);
            producer.send(producer.session().createQueue(deadMessageQueue), copy, options);
        });
        dead.increment();
    }

    private SendOptions options(Message original, Duration pause) throws JMSException {
        long expires = original.getJMSExpiration();
        long left = expires == 0 ? 0 : expires - clock.millis();
        boolean expired = expires != 0 && left <= 0;
        // One that would expire before gets a last try.
        long delay = left == 0 ? pause.toMillis() : Math.min(pause.toMillis(), left / 2);
        return new SendOptions(original.getJMSDeliveryMode(), original.getJMSPriority(), left, delay, expired);
    }
}
