package io.stompline.jms.message;

import io.stompline.jms.feed.CommitRecords;
import io.stompline.routing.BusException;
import io.stompline.routing.BusException.Reason;
import io.stompline.routing.Destination;
import io.stompline.routing.TopicPattern;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Maps STOMP destinations to JMS names and back: {@code /topic/a/b} is the JMS topic {@code a.b}, {@code /queue/a} the JMS
 * queue {@code a}.
 *
 * <p>OpenMQ takes Java identifiers with dots. Any other character is written as {@code $} and four hexadecimal digits:
 * {@code /queue/order-1} is the JMS queue {@code order$002d1}, {@code /topic/7} the JMS topic {@code $0037}. The mapping is
 * one-to-one in both directions for every STOMP name, and for every JMS name but those that cannot be said in STOMP: with an
 * empty segment ({@code a..b}), with ignorable characters, with Unicode that is not in normal form C, or with what reads as
 * the escape of a character that destinations must not have. Refused are names of
 * the message broker itself ({@code mq.}) and our own bookkeeping. Thread-safe.
 */
public final class DestinationNames {
    /** Private queue of {@link CommitRecords}. */
    public static final String COMMIT_RECORDS = "stompline.commits";

    /**
     * Longest JMS name in octets of UTF-8. It becomes the name of a directory in OpenMQ's file store: at some 250 a persistent
     * send fails, a little later the whole broker shuts down.
     */
    static final int MAX_NAME_BYTES = 200;

    private static final String SYSTEM_PREFIX = "mq.";

    /** How this JVM, with the embedded broker in it, writes names of files. */
    private static final Charset FILE_NAMES = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));

    /** The first segment begins with a letter, the others may begin with a digit. */
    private static final Escaping HEAD = new Escaping(
            (character, first) -> first ? Character.isJavaIdentifierStart(character) : holdsInside(character));

    private static final Escaping TAIL = new Escaping((character, first) -> holdsInside(character));

    private DestinationNames() {}

    /**
     * The JMS name of a topic or queue.
     *
     * @throws BusException REFUSED if there is none
     */
    public static String jmsName(Destination destination) {
        if (destination.isPattern()) {
            throw new BusException(Reason.REFUSED, "a message cannot be sent to the pattern " + destination.text());
        }
        return checked(write(destination.segments()));
    }

    /**
     * A name with a wildcard of OpenMQ that matches every topic the pattern matches, and maybe more: the rest is for
     * {@link TopicPattern}.
     *
     * <p>OpenMQ's {@code *} takes letters, digits, {@code _} and {@code $} only, its {@code **} anything with dots. So the part from
     * the first to the last wildcard becomes one {@code **}.
     *
     * @throws BusException REFUSED if there is none
     */
    public static String jmsPattern(Destination pattern) {
        List<String> segments = pattern.segments();
        List<String> written = new ArrayList<>(segments.size());
        boolean afterWildcard = false;
        for (String segment : segments) {
            if (!isWildcard(segment)) {
                written.add((written.isEmpty() ? HEAD : TAIL).write(segment));
            } else {
                if (afterWildcard) {
                    written.subList(written.indexOf(Destination.MANY), written.size())
                            .clear();
                }
                written.add(Destination.MANY);
                afterWildcard = true;
            }
        }
        return checked(String.join(".", written));
    }

    /** The destination of that kind with this JMS name; empty if STOMP has no way to say it, or may not. */
    static Optional<Destination> destination(Destination.Kind kind, String jmsName) {
        if (isReserved(jmsName)) {
            return Optional.empty();
        }
        List<String> segments = new ArrayList<>();
        for (String segment : jmsName.split("\\.", -1)) {
            segments.add((segments.isEmpty() ? HEAD : TAIL).read(segment));
        }
        return Destination.parse(kind.prefix() + String.join("/", segments))
                .filter(destination -> !destination.isPattern())
                .filter(destination -> write(destination.segments()).equals(jmsName));
    }

    private static String write(List<String> segments) {
        List<String> written = new ArrayList<>(segments.size());
        for (String segment : segments) {
            written.add((written.isEmpty() ? HEAD : TAIL).write(segment));
        }
        return String.join(".", written);
    }

    private static String checked(String jmsName) {
        if (isReserved(jmsName)) {
            throw new BusException(Reason.REFUSED, "this name belongs to the message broker");
        }
        if (!canHold(FILE_NAMES, jmsName)) {
            throw new BusException(
                    Reason.REFUSED, "the server's locale cannot hold this name: it has to run with UTF-8");
        }
        if (jmsName.getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES) {
            throw new BusException(
                    Reason.REFUSED,
                    "the destination's name is longer than " + MAX_NAME_BYTES + " octets in the message broker");
        }
        return jmsName;
    }

    /** Whether file names of that encoding keep names apart: with an ASCII locale, Java writes other characters as {@code ?}. */
    static boolean canHold(Charset fileNames, String jmsName) {
        return fileNames.newEncoder().canEncode(jmsName);
    }

    private static boolean isReserved(String jmsName) {
        return jmsName.startsWith(SYSTEM_PREFIX) || jmsName.equals(COMMIT_RECORDS);
    }

    private static boolean isWildcard(String segment) {
        return segment.equals(Destination.ONE) || segment.equals(Destination.MANY);
    }

    private static boolean holdsInside(char character) {
        return Character.isJavaIdentifierPart(character) && !Character.isIdentifierIgnorable(character);
    }
}
