package io.stompline.jms.message;

import io.stompline.config.Setting;
import io.stompline.jms.provider.ProviderDialect;
import io.stompline.routing.BusException;
import io.stompline.routing.BusException.Reason;
import io.stompline.routing.Destination;
import io.stompline.routing.Message;
import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes JMS messages of STOMP messages. Thread-safe. */
public final class MessageWriter {
    private static final int MAX_BYTES_OF_CHAR = 3;

    private final Destinations destinations;
    private final ProviderDialect dialect;
    private final int maxBodyBytes;

    /**
     * Writes for one message broker.
     *
     * @param dialect how long fields and properties may be
     * @param maxBodyBytes how long bodies may be, in octets
     */
    public MessageWriter(Destinations destinations, ProviderDialect dialect, int maxBodyBytes) {
        this.destinations = destinations;
        this.dialect = dialect;
        this.maxBodyBytes = maxBodyBytes;
    }

    /**
     * Checks what {@link #write} checks first.
     *
     * @throws BusException TOO_LARGE
     */
    public void checkBody(Message message) {
        int size = message.body().size();
        if (size > maxBodyBytes) {
            throw new BusException(
                    Reason.TOO_LARGE,
                    "the body has " + size + " octets, at most " + maxBodyBytes + " are allowed ("
                            + Setting.JMS_MAX_BODY_BYTES.key() + ")");
        }
    }

    /**
     * A JMS message with body, fields and properties of {@code message}; how it is to be sent is in {@link
     * SendOptions}.
     *
     * <p>Text becomes a TextMessage: a body that is valid UTF-8 and whose {@code content-type}, if there is one, names
     * a kind of text. Anything else becomes a BytesMessage.
     *
     * @throws BusException REFUSED if a header cannot be understood, TOO_LARGE
     */
    public jakarta.jms.Message write(Message message, Session session) throws JMSException {
        checkBody(message);
        jakarta.jms.Message written = body(message, session);
        Optional<String> correlationId = field(message, HeaderMapping.CORRELATION_ID);
        if (correlationId.isPresent()) {
            written.setJMSCorrelationID(correlationId.get());
        }
        Optional<String> type = field(message, HeaderMapping.TYPE);
        if (type.isPresent()) {
            written.setJMSType(type.get());
        }
        Optional<String> replyTo = field(message, HeaderMapping.REPLY_TO);
        if (replyTo.isPresent()) {
            written.setJMSReplyTo(replyTo(replyTo.get(), session));
        }
        writeProperties(message, written);
        return written;
    }

    private static jakarta.jms.Message body(Message message, Session session) throws JMSException {
        Optional<String> contentType = contentType(message);
        if (contentType.isEmpty() || TextKind.isText(contentType.get())) {
            Optional<String> text = message.body().text();
            if (text.isPresent()) {
                return session.createTextMessage(text.get());
            }
        }
        BytesMessage bytes = session.createBytesMessage();
        bytes.writeBytes(message.body().toBytes());
        return bytes;
    }

    private static Optional<String> contentType(Message message) {
        return message.headers().first(HeaderMapping.CONTENT_TYPE).filter(type -> !type.isEmpty());
    }

    private jakarta.jms.Destination replyTo(String text, Session session) throws JMSException {
        Destination address = Destination.parse(text)
                .filter(destination -> !destination.isPattern())
                .orElseThrow(() -> new BusException(Reason.BAD_HEADER, "the header reply-to must be a destination"));
        return destinations.toJms(address, session);
    }

    private void writeProperties(Message message, jakarta.jms.Message written) throws JMSException {
        List<String> names = new ArrayList<>();
        message.headers().firstOfEach(HeaderMapping::isProperty).forEach((name, value) -> names.add(name));
        for (String name : names) {
            writeProperty(message, name, PropertyNames.property(name), written);
        }
        if (contentType(message).isPresent()) {
            writeProperty(message, HeaderMapping.CONTENT_TYPE, HeaderMapping.CONTENT_TYPE_PROPERTY, written);
        }
        if (!message.origin().isEmpty()) {
            written.setStringProperty(HeaderMapping.ORIGIN_PROPERTY, message.origin());
        }
        AudienceMapping.write(message.audience(), written);
    }

    private void writeProperty(Message message, String header, String property, jakarta.jms.Message written)
            throws JMSException {
        String value = message.headers().first(header).orElse("");
        checkSize(header, value, dialect.maxPropertyBytes());
        written.setStringProperty(property, value);
    }

    private Optional<String> field(Message message, String header) {
        Optional<String> value = message.headers().first(header);
        value.ifPresent(present -> checkSize(header, present, dialect.maxFieldBytes()));
        return value;
    }

    private static void checkSize(String header, String value, int maxBytes) {
        if (value.length() <= maxBytes / MAX_BYTES_OF_CHAR) {
            return;
        }
        // As DataOutput.writeUTF counts.
        long bytes = value.chars()
                .map(character -> character == 0 || character > 0x7f ? (character > 0x7ff ? 3 : 2) : 1)
                .asLongStream()
                .sum();
        if (bytes > maxBytes) {
            throw new BusException(
                    Reason.BAD_HEADER, "the header " + header + " is longer than " + maxBytes + " octets");
        }
    }
}
