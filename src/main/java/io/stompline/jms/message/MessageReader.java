package io.stompline.jms.message;

import io.stompline.bounds.OnceLog;
import io.stompline.frame.Body;
import io.stompline.frame.Headers;
import io.stompline.metrics.Counter;
import io.stompline.metrics.Meter;
import io.stompline.metrics.Metrics;
import io.stompline.routing.Destination;
import io.stompline.routing.Message;
import jakarta.jms.BytesMessage;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.ObjectMessage;
import jakarta.jms.StreamMessage;
import jakarta.jms.TextMessage;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;

/** Makes STOMP messages of JMS messages, all but objects. The first step of every consumer. Thread-safe. */
public final class MessageReader {
    private static final Logger LOG = System.getLogger(MessageReader.class.getName());
    private static final String DELIVERY_COUNT = "JMSXDeliveryCount";
    private static final String GROUP = "JMSXGroup";

    private final Destinations destinations;
    private final Counter received;
    private final Counter refusedObjects;
    private final OnceLog objectLog = new OnceLog(LOG);

    /** Reads messages of those destinations, counts in those metrics. */
    public MessageReader(Destinations destinations, Metrics metrics) {
        this.destinations = destinations;
        this.received = metrics.counter(Meter.JMS_MESSAGES_RECEIVED);
        this.refusedObjects = metrics.counter(Meter.JMS_OBJECT_MESSAGES_REFUSED);
    }

    /** Whether it is an ObjectMessage, which is shown to nobody: its content could run code when it is deserialized. */
    public boolean isObject(jakarta.jms.Message message, Destination destination) {
        if (!(message instanceof ObjectMessage)) {
            return false;
        }
        refusedObjects.increment();
        objectLog.log(Level.WARNING, destination, destination.text() + " carries object messages: refused, said once");
        return true;
    }

    /** Where the message was sent to; empty if STOMP has no way to say it. */
    public Optional<Destination> destination(jakarta.jms.Message message) throws JMSException {
        return destinations.fromJms(message.getJMSDestination());
    }

    /**
     * The message in terms of STOMP, unless it {@link #isObject}.
     *
     * @param destination the destination that the receiver is to see
     */
    public Message read(jakarta.jms.Message message, Destination destination) throws JMSException {
        received.increment();
        String id = message.getJMSMessageID();
        String origin = message.getStringProperty(HeaderMapping.ORIGIN_PROPERTY);
        return new Message(
                destination,
                headers(message),
                body(message),
                origin == null ? "" : origin,
                AudienceMapping.read(message),
                id == null ? "" : id);
    }

    /** How often the message was delivered, this time included, as the original or as a copy of ours. */
    public static int deliveries(jakarta.jms.Message message) throws JMSException {
        int now = message.propertyExists(DELIVERY_COUNT) ? message.getIntProperty(DELIVERY_COUNT) : 1;
        return earlierDeliveries(message) + Math.max(1, now);
    }

    /** How often it was delivered before it was sent again as this copy. */
    private static int earlierDeliveries(jakarta.jms.Message message) throws JMSException {
        String property = HeaderMapping.DELIVERIES_PROPERTY;
        return message.propertyExists(property) && message.getObjectProperty(property) instanceof Integer count
                ? Math.max(0, count)
                : 0;
    }

    private Headers headers(jakarta.jms.Message message) throws JMSException {
        Headers.Builder headers = new Headers.Builder();
        headers.add(HeaderMapping.TIMESTAMP, Long.toString(message.getJMSTimestamp()));
        // A refused message is sent again with a delay of ours.
        if (earlierDeliveries(message) == 0 && message.getJMSDeliveryTime() > message.getJMSTimestamp()) {
            headers.add(HeaderMapping.DELIVERY_TIME, Long.toString(message.getJMSDeliveryTime()));
        }
        if (message.getJMSPriority() != jakarta.jms.Message.DEFAULT_PRIORITY) {
            headers.add(HeaderMapping.PRIORITY, Integer.toString(message.getJMSPriority()));
        }
        if (message.getJMSExpiration() != 0) {
            headers.add(HeaderMapping.EXPIRES, Long.toString(message.getJMSExpiration()));
        }
        if (message.getJMSDeliveryMode() == DeliveryMode.PERSISTENT) {
            headers.add(HeaderMapping.PERSISTENT, "true");
        }
        if (message.getJMSRedelivered() || earlierDeliveries(message) > 0) {
            headers.add(HeaderMapping.REDELIVERED, "true");
        }
        addText(headers, HeaderMapping.CORRELATION_ID, message.getJMSCorrelationID());
        addText(headers, HeaderMapping.TYPE, message.getJMSType());
        addText(headers, HeaderMapping.CONTENT_TYPE, contentType(message));
        addReplyTo(headers, message);
        addProperties(headers, message);
        return headers.build();
    }

    private void addReplyTo(Headers.Builder headers, jakarta.jms.Message message) throws JMSException {
        jakarta.jms.Destination replyTo = message.getJMSReplyTo();
        if (replyTo != null) {
            headers.add(HeaderMapping.REPLY_TO, destinations.fromJms(replyTo).map(Destination::text));
        }
    }

    private static String contentType(jakarta.jms.Message message) throws JMSException {
        String given = message.getStringProperty(HeaderMapping.CONTENT_TYPE_PROPERTY);
        if (message instanceof MapMessage || message instanceof StreamMessage) {
            return "application/json";
        }
        return given == null && message instanceof BytesMessage ? "application/octet-stream" : given;
    }

    private static void addProperties(Headers.Builder headers, jakarta.jms.Message message) throws JMSException {
        for (String name : JmsEnumerations.of(message.getPropertyNames())) {
            if (isShown(name)) {
                String header = PropertyNames.header(name);
                if (HeaderMapping.isProperty(header) && !headers.has(header)) {
                    addText(headers, header, message.getStringProperty(name));
                }
            }
        }
    }

    private static boolean isShown(String property) {
        return property.startsWith(HeaderMapping.DEAD_PREFIX)
                || (!property.startsWith(PropertyNames.OWN_PREFIX)
                        && (!property.startsWith("JMS") || property.startsWith(GROUP)));
    }

    /** NUL would end the frame: no STOMP version can write it in a header. */
    private static void addText(Headers.Builder headers, String name, String value) {
        if (value != null && value.indexOf('\0') < 0 && name.indexOf('\0') < 0) {
            headers.add(name, value);
        }
    }

    private static Body body(jakarta.jms.Message message) throws JMSException {
        if (message instanceof TextMessage text) {
            return text.getText() == null ? Body.empty() : Body.utf8(text.getText());
        }
        if (message instanceof BytesMessage bytes) {
            return Body.of(octets(bytes));
        }
        if (message instanceof MapMessage map) {
            return JsonBodies.of(map);
        }
        return message instanceof StreamMessage stream ? JsonBodies.of(stream) : Body.empty();
    }

    /** All octets of a received message, from its beginning. */
    public static byte[] octets(BytesMessage message) throws JMSException {
        message.reset();
        byte[] octets = new byte[Math.toIntExact(message.getBodyLength())];
        message.readBytes(octets);
        return octets;
    }
}
