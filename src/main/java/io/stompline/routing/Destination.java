package io.stompline.routing;

import java.text.Normalizer;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a message goes: a kind and a name of one or more segments, separated by {@code /}.
 *
 * <p>There is one way to write a destination: no empty, {@code .} or {@code ..} segments, no control characters,
 * Unicode in normal form C. So two texts are the same destination only if they are equal.
 *
 * @param kind as the prefix says
 * @param name the segments after the prefix, such as {@code news/sport}
 */
public record Destination(Kind kind, String name) {
    /** One segment of any name, in a SUBSCRIBE to topics. */
    public static final String ONE = "*";

    /** Any number of segments at the end, in a SUBSCRIBE to topics. */
    public static final String MANY = "**";

    private static final char LAST_OF_ASCII = 0x7f;

    /** The kinds of destination and their prefixes. */
    public enum Kind {
        /** Every subscriber gets each message. */
        TOPIC("/topic/"),
        /** Each message goes to one consumer. */
        QUEUE("/queue/"),
        /** A queue that is private to one connection; its address is made by the server. */
        TEMP_QUEUE("/temp-queue/"),
        /** A destination of each user's own: a message to the user reaches all sessions of the user. */
        USER("/user/"),
        /** A handler of the application: not a destination of the message broker. */
        APP("/app/"),
        /** Who is in the topic of that name: made by this node, not a destination of the message broker. */
        PRESENCE("/presence/topic/");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }

        /** The prefix with both slashes. */
        public String prefix() {
            return prefix;
        }
    }

    /**
     * Reads a {@code destination} header.
     *
     * @param text such as {@code /topic/news/sport} or {@code /topic/news/*}
     * @return nothing if it has none of the prefixes or breaks the rules above
     */
    public static Optional<Destination> parse(String text) {
        for (Kind kind : Kind.values()) {
            if (text.startsWith(kind.prefix())) {
                String name = text.substring(kind.prefix().length());
                return faultOfName(name).isEmpty() ? Optional.of(new Destination(kind, name)) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** A topic of that name. */
    public static Destination topic(String name) {
        return new Destination(Kind.TOPIC, name);
    }

    /** A queue of that name. */
    public static Destination queue(String name) {
        return new Destination(Kind.QUEUE, name);
    }

    /** Whether the name has wildcard segments, so that it can be subscribed to but not sent to. */
    public boolean isPattern() {
        // A star is nowhere but in wildcard segments.
        return name.indexOf('*') >= 0;
    }

    /**
     * Whether it belongs to us: no client sends or subscribes to it, and no pattern matches it. {@link
     * MessageBus#isReserved} has the names that belong to the message broker, which are out of reach as well.
     */
    public boolean isReserved() {
        return name.startsWith("stompline/") || name.startsWith("stompline.");
    }

    /**
     * The destination without the user's name, where one is named as Spring does for sending: {@code /user/queue/a} of
     * {@code /user/bob/queue/a}. Empty if none is named.
     */
    public Optional<Destination> withoutUser() {
        List<String> segments = segments();
        boolean namesUser = kind == Kind.USER
                && segments.size() > 2
                && !isQueueOrTopic(segments.get(0))
                && isQueueOrTopic(segments.get(1));
        return namesUser ? Optional.of(new Destination(kind, name.substring(name.indexOf('/') + 1))) : Optional.empty();
    }

    private static boolean isQueueOrTopic(String segment) {
        return segment.equals("queue") || segment.equals("topic");
    }

    /** Where it is said who is in this topic. */
    public Destination presence() {
        return new Destination(Kind.PRESENCE, name);
    }

    /** The topic of {@link #presence}; any other destination is itself. */
    public Destination watched() {
        return kind == Kind.PRESENCE ? topic(name) : this;
    }

    /** Whether this destination is a topic. */
    public boolean isTopic() {
        return kind == Kind.TOPIC;
    }

    /** The name's segments in order. */
    public List<String> segments() {
        return List.of(name.split("/", -1));
    }

    /** The text of the {@code destination} header. */
    public String text() {
        return kind.prefix() + name;
    }

    @Override
    public String toString() {
        return text();
    }

    /**
     * The fault of a {@code destination} header, with the right form.
     *
     * @return empty if it can be read
     */
    public static Optional<String> fault(String text) {
        return Stream.of(Kind.values())
                .filter(kind -> text.startsWith(kind.prefix()))
                .findFirst()
                .map(kind -> faultOfName(text.substring(kind.prefix().length())))
                .orElseGet(() -> Optional.of(
                        "it must begin with /topic/, /queue/, /app/, /user/, /temp-queue/ or /presence/topic/"));
    }

    private static Optional<String> faultOfName(String name) {
        Optional<String> fault = faultOfCharacters(name);
        String[] segments = name.split("/", -1);
        for (int i = 0; i < segments.length && fault.isEmpty(); i++) {
            fault = faultOfSegment(segments[i], i == segments.length - 1);
        }
        return fault;
    }

    private static Optional<String> faultOfCharacters(String name) {
        boolean ascii = true;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (Character.isISOControl(c)) {
                return Optional.of("it must not have control characters");
            }
            ascii &= c <= LAST_OF_ASCII;
        }
        return ascii ? Optional.empty() : faultOfUnicode(name);
    }

    private static Optional<String> faultOfUnicode(String name) {
        if (!Normalizer.isNormalized(name, Normalizer.Form.NFC)) {
            return Optional.of("it must be in Unicode normal form C: use String.prototype.normalize()");
        }
        return name.codePoints()
                .filter(Destination::isInvisible)
                .mapToObj(c -> "it must not have the invisible character U+%04X".formatted(c))
                .findFirst();
    }

    private static boolean isInvisible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.SURROGATE, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    private static Optional<String> faultOfSegment(String segment, boolean last) {
        if (segment.isBlank()) {
            return Optional.of("a name must follow each slash");
        }
        if (segment.equals(".") || segment.equals("..")) {
            return Optional.of("a segment must not be . or ..");
        }
        if (segment.equals(MANY)) {
            return last ? Optional.empty() : Optional.of("** must be the last segment");
        }
        // A star inside a word is a wildcard to some JMS providers only.
        return segment.equals(ONE) || segment.indexOf('*') < 0
                ? Optional.empty()
                : Optional.of("* must be a segment of its own");
    }
}
