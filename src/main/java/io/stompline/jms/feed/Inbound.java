package io.stompline.jms.feed;

import io.stompline.bounds.OnceLog;
import io.stompline.jms.message.MessageReader;
import io.stompline.metrics.Counter;
import io.stompline.metrics.Meter;
import io.stompline.metrics.Metrics;
import io.stompline.routing.Destination;
import io.stompline.routing.Message;
import jakarta.jms.JMSException;
import jakarta.jms.ObjectMessage;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;

/** The first step of every consumer with a JMS message: refuse objects, read the rest, count both. Thread-safe. */
public final class Inbound {
    private static final Logger LOG = System.getLogger(Inbound.class.getName());

    private final MessageReader reader;
    private final Counter received;
    private final Counter refusedObjects;
    private final OnceLog objectLog = new OnceLog(LOG);

    /** Reads with that reader, counts in those metrics. */
    public Inbound(MessageReader reader, Metrics metrics) {
        this.reader = reader;
        this.received = metrics.counter(Meter.JMS_MESSAGES_RECEIVED);
        this.refusedObjects = metrics.counter(Meter.JMS_OBJECT_MESSAGES_REFUSED);
    }

    /** Whether it is an ObjectMessage, which is shown to nobody: its content could run code when it is deserialized. */
    boolean isObject(jakarta.jms.Message message, Destination destination) {
        if (!(message instanceof ObjectMessage)) {
            return false;
        }
        refusedObjects.increment();
        objectLog.log(Level.WARNING, destination, destination.text() + " carries object messages: refused, said once");
        return true;
    }

    Optional<Destination> destination(jakarta.jms.Message message) throws JMSException {
        return reader.destination(message);
    }

    Message read(jakarta.jms.Message message, Destination destination) throws JMSException {
        received.increment();
        return reader.read(message, destination);
    }
}
