package io.stompline.jms.feed;

import io.stompline.jms.message.JmsEnumerations;
import io.stompline.jms.message.JsonBodies;
import io.stompline.jms.message.MessageReader;
import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.Session;
import jakarta.jms.StreamMessage;
import jakarta.jms.TextMessage;

/** Copies a received JMS message, so that it can be sent again while the original is still to be acknowledged. */
final class MessageCopy {
    private MessageCopy() {}

    /**
     * A copy with the same kind of body, correlation id, reply-to, type and properties; without the body of an
     * ObjectMessage.
     */
    static Message of(Message original, Session session) throws JMSException {
        Message copy = body(original, session);
        copy.setJMSCorrelationID(original.getJMSCorrelationID());
        copy.setJMSReplyTo(original.getJMSReplyTo());
        copy.setJMSType(original.getJMSType());
        for (String name : JmsEnumerations.of(original.getPropertyNames())) {
            if (!name.startsWith("JMS") || name.startsWith("JMSXGroup")) {
                copy.setObjectProperty(name, original.getObjectProperty(name));
            }
        }
        return copy;
    }

    private static Message body(Message original, Session session) throws JMSException {
        if (original instanceof TextMessage text) {
            return session.createTextMessage(text.getText());
        }
        if (original instanceof BytesMessage bytes) {
            BytesMessage copy = session.createBytesMessage();
            copy.writeBytes(MessageReader.octets(bytes));
            return copy;
        }
        if (original instanceof MapMessage map) {
            MapMessage copy = session.createMapMessage();
            for (String name : JmsEnumerations.of(map.getMapNames())) {
                copy.setObject(name, map.getObject(name));
            }
            return copy;
        }
        if (original instanceof StreamMessage stream) {
            StreamMessage copy = session.createStreamMessage();
            for (Object entry : JsonBodies.entries(stream)) {
                copy.writeObject(entry);
            }
            return copy;
        }
        return session.createMessage();
    }
}
