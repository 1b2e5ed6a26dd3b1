package io.stompline.jms.message;

import io.stompline.frame.BooleanHeader;
import io.stompline.frame.Headers;
import io.stompline.routing.BusException;
import io.stompline.routing.BusException.Reason;
import io.stompline.routing.DeliveryDelay;
import io.stompline.routing.Destination;
import io.stompline.routing.Expiry;
import io.stompline.routing.Message;
import jakarta.jms.DeliveryMode;
import java.time.Clock;

/**
 * How a message is to be sent, read from its headers.
 *
 * @param deliveryMode {@link DeliveryMode#PERSISTENT} or {@link DeliveryMode#NON_PERSISTENT}
 * @param priority 0 to 9
 * @param timeToLiveMillis 0 for no limit
 * @param deliveryDelayMillis how long the message broker keeps it from consumers
 * @param expired whether the message has expired
 */
public record SendOptions(
        int deliveryMode, int priority, long timeToLiveMillis, long deliveryDelayMillis, boolean expired) {
    private static final int MAX_PRIORITY = 9;

    /**
     * Reads {@code persistent}, {@code priority}, {@code expires} and what {@link DeliveryDelay} knows.
     *
     * @throws BusException REFUSED if one of them cannot be understood
     */
    public static SendOptions of(Message message, Clock clock) {
        Headers headers = message.headers();
        long expires = Expiry.millis(headers);
        boolean ends = expires != Expiry.NEVER;
        long timeToLive = ends ? expires - clock.millis() : 0;
        int priority = priority(headers);
        int mode = isPersistent(message) ? DeliveryMode.PERSISTENT : DeliveryMode.NON_PERSISTENT;
        long delay = DeliveryDelay.millis(headers);
        boolean expired = ends && timeToLive <= 0;
        if (ends && !expired && timeToLive <= delay) {
            throw new BusException(Reason.BAD_HEADER, "the message would expire before its delivery delay is over");
        }
        return new SendOptions(mode, priority, timeToLive, delay, expired);
    }

    private static boolean isPersistent(Message message) {
        String value = message.headers().first(HeaderMapping.PERSISTENT).orElse("");
        if (value.isEmpty()) {
            return message.destination().kind() == Destination.Kind.QUEUE;
        }
        return BooleanHeader.parse(value).orElseThrow(() -> refused(HeaderMapping.PERSISTENT, "true or false"));
    }

    private static int priority(Headers headers) {
        String text = headers.first(HeaderMapping.PRIORITY).orElse("");
        if (text.isEmpty()) {
            return jakarta.jms.Message.DEFAULT_PRIORITY;
        }
        try {
            int priority = Integer.parseInt(text);
            if (priority >= 0 && priority <= MAX_PRIORITY) {
                return priority;
            }
            throw unreadablePriority();
        } catch (NumberFormatException notANumber) {
            throw unreadablePriority();
        }
    }

    private static BusException unreadablePriority() {
        return refused(HeaderMapping.PRIORITY, "a number from 0 to " + MAX_PRIORITY);
    }

    private static BusException refused(String header, String expectation) {
        return new BusException(Reason.BAD_HEADER, "the header " + header + " must be " + expectation);
    }
}
