package io.stompline.jms.message;

import io.stompline.frame.HeaderNames;
import io.stompline.routing.DeliveryDelay;
import io.stompline.routing.Expiry;
import java.util.Set;

/** Names of the headers that have a JMS field of their own, and of the properties that are ours. */
public final class HeaderMapping {
    /** {@code true} or {@code false}: whether the message survives a restart of the message broker. */
    static final String PERSISTENT = "persistent";

    /** The time at which the message expires: milliseconds since 1970, 0 for never. */
    static final String EXPIRES = Expiry.HEADER;

    /** 0 (lowest) to 9. */
    static final String PRIORITY = "priority";

    static final String CORRELATION_ID = "correlation-id";

    /** The text of a destination. */
    static final String REPLY_TO = "reply-to";

    static final String TYPE = "type";

    static final String CONTENT_TYPE = HeaderNames.CONTENT_TYPE;

    /** When it was sent, milliseconds since 1970; set by the message broker. */
    static final String TIMESTAMP = HeaderNames.TIMESTAMP;

    /** When it was to be delivered, if it was delayed; set by the message broker. */
    static final String DELIVERY_TIME = HeaderNames.DELIVERY_TIME;

    /** {@code true} from the second delivery on; set by the message broker. */
    public static final String REDELIVERED = HeaderNames.REDELIVERED;

    /** Session id of the STOMP connection that sent it. */
    public static final String ORIGIN_PROPERTY = PropertyNames.OWN_PREFIX + "origin";

    /** The {@code content-type} header; JMS applications may set it too. */
    static final String CONTENT_TYPE_PROPERTY = PropertyNames.OWN_PREFIX + "content_type";

    /** On the topic {@code stompline.users}: the user whose sessions are meant. JMS applications may set it. */
    static final String USER_PROPERTY = PropertyNames.OWN_PREFIX + "user";

    /** On the topic {@code stompline.users}: the id of the one session that is meant. JMS applications may set it. */
    static final String SESSION_PROPERTY = PropertyNames.OWN_PREFIX + "session";

    /** The id of a session that is left out. JMS applications may set it. */
    static final String EXCEPT_SESSION_PROPERTY = PropertyNames.OWN_PREFIX + "except_session";

    /** On the topic {@code stompline.users}: the user's destination, {@code /user/…}. JMS applications set it. */
    static final String DESTINATION_PROPERTY = PropertyNames.OWN_PREFIX + "destination";

    /** How often the message was delivered before it was sent again as this copy. */
    public static final String DELIVERIES_PROPERTY = PropertyNames.OWN_PREFIX + "deliveries";

    /** Prefix of the notes on a message in the dead message queue; shown as headers. */
    static final String DEAD_PREFIX = PropertyNames.OWN_PREFIX + "dead_";

    /** In the dead message queue: the reason. */
    public static final String DEAD_REASON_PROPERTY = DEAD_PREFIX + "reason";

    /** In the dead message queue: the STOMP destination at which it was refused. */
    public static final String DEAD_DESTINATION_PROPERTY = DEAD_PREFIX + "destination";

    /** In the dead message queue: the number of its deliveries. */
    public static final String DEAD_DELIVERIES_PROPERTY = DEAD_PREFIX + "deliveries";

    private static final Set<String> WITH_A_FIELD =
            Set.of(PERSISTENT, EXPIRES, PRIORITY, CORRELATION_ID, REPLY_TO, TYPE, CONTENT_TYPE);

    private HeaderMapping() {}

    /**
     * Whether a header of that name travels as a property: it has no field of its own and does not belong to one frame.
     */
    static boolean isProperty(String header) {
        return !header.isEmpty()
                && !WITH_A_FIELD.contains(header)
                && !DeliveryDelay.isHeader(header)
                && HeaderNames.isPassedOn(header);
    }
}
