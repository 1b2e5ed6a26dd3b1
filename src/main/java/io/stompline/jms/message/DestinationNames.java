package io.stompline.jms.message;

import io.stompline.jms.provider.ProviderDialect;
import io.stompline.routing.BusException;
import io.stompline.routing.BusException.Reason;
import io.stompline.routing.Destination;
import io.stompline.routing.TopicPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Maps STOMP destinations to JMS names and back: {@code /topic/a/b} is the JMS topic {@code a.b}, {@code /queue/a} the
 * JMS queue {@code a}. Thread-safe.
 *
 * <p>A character that the {@link ProviderDialect} does not hold is written as {@code $} and four hexadecimal digits:
 * with OpenMQ, {@code /queue/order-1} is the JMS queue {@code order$002d1}, {@code /topic/7} the JMS topic {@code
 * $0037}. The mapping is one-to-one in both directions for every STOMP name, and for every JMS name but those that
 * cannot be said in STOMP: with an empty word ({@code a..b}), with ignorable characters, with Unicode that is not in
 * normal form C, or with what reads as the escape of a character that destinations must not have. Refused are names
 * that the dialect reserves, the queue in which Stompline keeps the records of committed transactions, and the dead
 * message queue, whatever its name.
 */
public final class DestinationNames {
    /** Private queue of Stompline, for the records of committed transactions. */
    public static final String COMMIT_RECORDS = "stompline.commits";

    private final ProviderDialect dialect;

    /** Escapes the first word. */
    private final Escaping head;

    /** Escapes the words after it. */
    private final Escaping tail;

    /** Empty if STOMP has no way to say it. */
    private final Optional<Destination> deadMessageQueue;

    /**
     * Names by the rules of that message broker.
     *
     * @param deadMessageQueue JMS name of the queue that holds what others sent and nobody took
     */
    public DestinationNames(ProviderDialect dialect, String deadMessageQueue) {
        this.dialect = dialect;
        this.head = new Escaping(dialect::holds);
        this.tail = new Escaping((character, first) -> dialect.holds(character, false));
        this.deadMessageQueue = read(Destination.Kind.QUEUE, deadMessageQueue);
    }

    /**
     * The JMS name of a topic or queue.
     *
     * @throws BusException REFUSED if there is none
     */
    public String jmsName(Destination destination) {
        if (destination.isPattern()) {
            throw new BusException(Reason.REFUSED, "a message cannot be sent to the pattern " + destination.text());
        }
        return checked(destination, write(destination));
    }

    /**
     * A name with wildcards that matches every topic the pattern matches, and maybe more: the rest is for {@link
     * TopicPattern}.
     *
     * @throws BusException REFUSED if there is none
     */
    public String jmsPattern(Destination pattern) {
        String written = dialect.pattern(words(pattern))
                .orElseThrow(() ->
                        new BusException(Reason.REFUSED, "the message broker has no wildcards: " + pattern.text()));
        return checked(pattern, written);
    }

    /**
     * The JMS name to consume a topic or queue by, or the topics of a pattern; as {@link #jmsName} and {@link
     * #jmsPattern}.
     */
    public String consumed(Destination destination) {
        return destination.isPattern() ? jmsPattern(destination) : jmsName(destination);
    }

    /** The destination of that kind with this JMS name; empty if STOMP has no way to say it, or may not. */
    Optional<Destination> destination(Destination.Kind kind, String jmsName) {
        return belongsToSomebody(jmsName)
                ? Optional.empty()
                : read(kind, jmsName).filter(destination -> !isReserved(destination));
    }

    private Optional<Destination> read(Destination.Kind kind, String jmsName) {
        List<String> segments = new ArrayList<>();
        for (String word : jmsName.split("\\.", -1)) {
            segments.add((segments.isEmpty() ? head : tail).read(word));
        }
        return Destination.parse(kind.prefix() + String.join("/", segments))
                .filter(destination -> !destination.isPattern())
                .filter(destination -> write(destination).equals(jmsName));
    }

    /**
     * Whether the name belongs to the message broker, also if it is written with dots where segments end, or is that of
     * the dead message queue.
     */
    public boolean isReserved(Destination destination) {
        return dialect.isReserved(destination.name().replace('/', '.'))
                || deadMessageQueue.filter(destination::equals).isPresent();
    }

    private String write(Destination destination) {
        return String.join(".", words(destination));
    }

    /** The segments as they are written; wildcards stand for themselves. */
    private List<String> words(Destination destination) {
        List<String> words = new ArrayList<>();
        for (String segment : destination.segments()) {
            words.add(isWildcard(segment) ? segment : (words.isEmpty() ? head : tail).write(segment));
        }
        return words;
    }

    private String checked(Destination destination, String jmsName) {
        if (isReserved(destination) || belongsToSomebody(jmsName)) {
            throw new BusException(Reason.REFUSED, "this name belongs to the message broker");
        }
        Optional<String> fault = dialect.nameFault(jmsName);
        if (fault.isPresent()) {
            throw new BusException(Reason.BAD_DESTINATION, fault.get());
        }
        return jmsName;
    }

    private boolean belongsToSomebody(String jmsName) {
        return dialect.isReserved(jmsName) || jmsName.equals(COMMIT_RECORDS);
    }

    private static boolean isWildcard(String segment) {
        return segment.equals(Destination.ONE) || segment.equals(Destination.MANY);
    }
}
