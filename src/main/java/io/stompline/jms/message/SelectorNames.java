package io.stompline.jms.message;

import io.stompline.routing.BusException;
import io.stompline.routing.BusException.Reason;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Turns the header names of a selector into the names that Jakarta Messaging has for them: {@code type = 'x'} is {@code
 * JMSType = 'x'}, {@code "x-color" = 'red'} is {@code x$002dcolor = 'red'}.
 *
 * <p>Header names stand in double quotes, or without if they are Java identifiers; names of JMS fields and properties
 * stand without. A name that could select nothing is refused. Literals are left alone. One thread, one selector.
 */
public final class SelectorNames {
    private static final Map<String, String> JMS_NAMES = Map.of(
            HeaderMapping.TYPE, "JMSType",
            HeaderMapping.PRIORITY, "JMSPriority",
            HeaderMapping.TIMESTAMP, "JMSTimestamp",
            HeaderMapping.CORRELATION_ID, "JMSCorrelationID",
            HeaderMapping.CONTENT_TYPE, HeaderMapping.CONTENT_TYPE_PROPERTY);

    /** Jakarta Messaging 3.1, 3.8.1.1: of its fields a selector may name these. */
    private static final Set<String> FIELDS =
            Set.of("JMSDeliveryMode", "JMSPriority", "JMSMessageID", "JMSTimestamp", "JMSCorrelationID", "JMSType");

    private static final Set<String> NUMBERS = Set.of("JMSPriority", "JMSTimestamp");

    /** Begin names that belong to us, to Jakarta Messaging or to the message broker. */
    private static final List<String> RESERVED_PREFIXES = List.of(PropertyNames.OWN_PREFIX, "JMSX", "JMS_");

    private final String selector;
    private final StringBuilder written;
    private int at;

    /** Whether the name that was read last is that of a number. */
    private boolean namesNumber;

    private SelectorNames(String selector) {
        this.selector = selector;
        this.written = new StringBuilder(selector.length() + 16);
    }

    /**
     * The selector for a consumer of Jakarta Messaging.
     *
     * @throws BusException BAD_SELECTOR if it names what cannot be selected by; whether it is a selector otherwise, the
     *     message broker says
     */
    public static String toJms(String selector) {
        return new SelectorNames(selector).translate();
    }

    private String translate() {
        while (at < selector.length()) {
            char character = selector.charAt(at);
            if (character == '\'') {
                writeLiteral();
            } else if (character == '"') {
                writeName(quotedToJms(readQuoted()));
            } else if (Character.isDigit(character)) {
                written.append(readWord(false));
            } else if (Character.isJavaIdentifierStart(character)) {
                writeName(plainToJms(readWord(true)));
            } else {
                written.append(character);
                at++;
            }
        }
        return written.toString();
    }

    private void writeName(String jmsName) {
        written.append(jmsName);
        namesNumber = NUMBERS.contains(jmsName);
    }

    /** A quote inside is written twice, so it ends one literal and begins the next. */
    private void writeLiteral() {
        if (namesNumber) {
            throw bad("priority and timestamp are numbers: compare them without quotes");
        }
        int end = selector.indexOf('\'', at + 1);
        int next = end < 0 ? selector.length() : end + 1;
        written.append(selector, at, next);
        at = next;
    }

    private String readQuoted() {
        int end = selector.indexOf('"', at + 1);
        if (end < 0) {
            throw bad("a double quote is not closed");
        }
        String name = selector.substring(at + 1, end);
        at = end + 1;
        return name;
    }

    /** A minus sign without a blank after it is taken for part of a name: {@code x-color}. */
    private String readWord(boolean withMinus) {
        int start = at;
        while (at < selector.length() && (isPart(at) || (withMinus && isMinusInWord(at)))) {
            at++;
        }
        return selector.substring(start, at);
    }

    private boolean isPart(int index) {
        char character = selector.charAt(index);
        return Character.isJavaIdentifierPart(character) || character == '.';
    }

    private boolean isMinusInWord(int index) {
        return selector.charAt(index) == '-' && index + 1 < selector.length() && isPart(index + 1);
    }

    private static String plainToJms(String name) {
        if (JMS_NAMES.containsKey(name)) {
            return JMS_NAMES.get(name);
        }
        checkSelectable(name);
        if (name.startsWith("JMS") && !FIELDS.contains(name)) {
            throw bad(name
                    + " cannot be selected by; of the fields of Jakarta Messaging only JMSDeliveryMode, JMSPriority,"
                    + " JMSMessageID, JMSTimestamp, JMSCorrelationID and JMSType can");
        }
        if (name.indexOf('-') >= 0 || name.indexOf('.') >= 0) {
            throw bad("the name of a header with - or . stands in double quotes, \"" + name
                    + "\"; around a minus sign stand blanks");
        }
        return name;
    }

    private static String quotedToJms(String header) {
        if (JMS_NAMES.containsKey(header)) {
            return JMS_NAMES.get(header);
        }
        if (header.startsWith("JMS")) {
            throw bad("fields of Jakarta Messaging such as JMSType stand without double quotes");
        }
        checkSelectable(header);
        return PropertyNames.property(header);
    }

    private static void checkSelectable(String name) {
        if (RESERVED_PREFIXES.stream().anyMatch(name::startsWith)) {
            throw bad("names that begin with stompline_, JMSX or JMS_ cannot be selected by");
        }
        if (!HeaderMapping.isProperty(name)) {
            throw bad("the header '" + name
                    + "' cannot be selected by; it is not among what the message broker compares");
        }
    }

    private static BusException bad(String detail) {
        return new BusException(Reason.BAD_SELECTOR, detail);
    }
}
