package io.stompline.jms.message;

import io.stompline.frame.BooleanHeader;
import io.stompline.frame.Headers;
import io.stompline.routing.BusException;
import io.stompline.routing.BusException.Reason;
import io.stompline.routing.DeliveryDelay;
import io.stompline.routing.Destination;
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
    /**
     * Reads {@code persistent}, {@code priority}, {@code expires} and what {@link DeliveryDelay} knows.
     *
     * @throws BusException REFUSED if one of them cannot be understood
     */
    public static SendOptions of(Message message, Clock clock) {
        Headers headers = message.headers();
        long expires = number(headers, HeaderMapping.EXPIRES, 0, 0, Long.MAX_VALUE, "milliseconds since 1970");
        long timeToLive = expires == 0 ? 0 : expires - clock.millis();
        int priority = (int) number(
                headers, HeaderMapping.PRIORITY, jakarta.jms.Message.DEFAULT_PRIORITY, 0, 9, "a number from 0 to 9");
        int mode = isPersistent(message) ? DeliveryMode.PERSISTENT : DeliveryMode.NON_PERSISTENT;
        long delay = DeliveryDelay.millis(headers);
        boolean expired = expires != 0 && timeToLive <= 0;
        if (expires != 0 && !expired && timeToLive <= delay) {
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

    private static long number(Headers headers, String name, long absent, long min, long max, String expectation) {
        String text = headers.first(name).orElse("");
        if (text.isEmpty()) {
            return absent;
        }
        try {
            long number = Long.parseLong(text);
            if (number >= min && number <= max) {
                return number;
            }
            throw refused(name, expectation);
        } catch (NumberFormatException notANumber) {
            throw refused(name, expectation);
        }
    }

    private static BusException refused(String header, String expectation) {
        return new BusException(Reason.BAD_HEADER, "the header " + header + " must be " + expectation);
    }
}
