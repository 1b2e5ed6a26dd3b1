package io.stompline.jms.message;

import io.stompline.routing.Audience;
import io.stompline.routing.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.util.Optional;

/** Writes and reads the receivers of a message, in properties of our own. */
final class AudienceMapping {
    private AudienceMapping() {}

    static void write(Audience audience, Message to) throws JMSException {
        set(to, HeaderMapping.USER_PROPERTY, audience.user());
        set(to, HeaderMapping.SESSION_PROPERTY, audience.session());
        set(to, HeaderMapping.EXCEPT_SESSION_PROPERTY, audience.exceptSession());
        set(to, HeaderMapping.DESTINATION_PROPERTY, audience.shownAs().map(Destination::text));
    }

    static Audience read(Message from) throws JMSException {
        Optional<String> user = get(from, HeaderMapping.USER_PROPERTY);
        Optional<String> session = get(from, HeaderMapping.SESSION_PROPERTY);
        Optional<String> except = get(from, HeaderMapping.EXCEPT_SESSION_PROPERTY);
        Optional<String> shownAs = get(from, HeaderMapping.DESTINATION_PROPERTY);
        if (user.isEmpty() && session.isEmpty() && except.isEmpty() && shownAs.isEmpty()) {
            return Audience.EVERYBODY;
        }
        return new Audience(user, session, except, shownAs.flatMap(Destination::parse));
    }

    private static void set(Message to, String property, Optional<String> value) throws JMSException {
        if (value.isPresent()) {
            to.setStringProperty(property, value.get());
        }
    }

    private static Optional<String> get(Message from, String property) throws JMSException {
        return Optional.ofNullable(from.getStringProperty(property)).filter(value -> !value.isEmpty());
    }
}
