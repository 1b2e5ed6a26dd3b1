package io.stompline.jms.provider;

import io.stompline.routing.Destination;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The rules of OpenMQ (seen in 6.5.1): names are Java identifiers with dots, topics have wildcards. */
public final class OpenMqDialect implements ProviderDialect {
    /**
     * Longest name in octets of UTF-8. It becomes the name of a directory in OpenMQ's file store: at some 250 a
     * persistent send fails, a little later the whole broker shuts down.
     */
    static final int MAX_NAME_BYTES = 200;

    /** OpenMQ loses a message with a longer property without an exception. */
    private static final int MAX_PROPERTY_BYTES = 65_535;

    /** All fields of a message share 32 KiB of OpenMQ's packet header; beyond that the connection breaks. */
    private static final int MAX_FIELD_BYTES = 8_000;

    /**
     * For every destination that a producer has sent to, OpenMQ keeps a producer at the message broker, and it does not
     * remove a destination that has a producer.
     */
    private static final int MAX_DESTINATIONS_PER_PRODUCER = 500;

    private static final String SYSTEM = "mq";
    private static final String ANY_WORDS = "**";

    /** How this JVM, with the embedded broker in it, writes names of files. */
    private static final Charset FILE_NAMES = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));

    private static final Pattern LITERAL = Pattern.compile("'[^']*'");

    /**
     * LIKE and ESCAPE without a literal, IN without a list, AND and OR without an operand between: it answers as if out
     * of order.
     */
    private static final Pattern WITHOUT_OPERAND = Pattern.compile(
            "(?<![\\w$.])(?:(?:LIKE|ESCAPE)(?![\\w$.])(?!\\s*')|IN(?![\\w$.])(?!\\s*\\()|(?:AND|OR)\\s+(?:AND|OR)(?![\\w$.]))",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CHARACTER_CLASS);

    /** The first word begins with a letter, the others may begin with a digit. */
    @Override
    public boolean holds(char character, boolean first) {
        return first
                ? Character.isJavaIdentifierStart(character)
                : Character.isJavaIdentifierPart(character) && !Character.isIdentifierIgnorable(character);
    }

    /**
     * OpenMQ's {@code *} takes letters, digits, {@code _} and {@code $} only, its {@code **} anything with dots. So the
     * part from the first to the last wildcard becomes one {@code **}.
     */
    @Override
    public Optional<String> pattern(List<String> words) {
        List<String> written = new ArrayList<>(words.size());
        int wildcard = -1;
        for (String word : words) {
            if (!isWildcard(word)) {
                written.add(word);
            } else {
                if (wildcard >= 0) {
                    written.subList(wildcard, written.size()).clear();
                }
                wildcard = written.size();
                written.add(ANY_WORDS);
            }
        }
        return Optional.of(String.join(".", written));
    }

    @Override
    public boolean isReserved(String jmsName) {
        return jmsName.equals(SYSTEM) || jmsName.startsWith(SYSTEM + ".");
    }

    @Override
    public Optional<String> nameFault(String jmsName) {
        if (!canHold(FILE_NAMES, jmsName)) {
            return Optional.of("the server's locale cannot hold this name: it has to run with UTF-8");
        }
        return jmsName.getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES
                ? Optional.of(
                        "the destination's name is longer than " + MAX_NAME_BYTES + " octets in the message broker")
                : Optional.empty();
    }

    @Override
    public int maxPropertyBytes() {
        return MAX_PROPERTY_BYTES;
    }

    @Override
    public int maxFieldBytes() {
        return MAX_FIELD_BYTES;
    }

    @Override
    public int maxDestinationsPerProducer() {
        return MAX_DESTINATIONS_PER_PRODUCER;
    }

    @Override
    public Optional<String> selectorFault(String selector) {
        return WITHOUT_OPERAND
                        .matcher(LITERAL.matcher(selector).replaceAll("''"))
                        .find()
                ? Optional.of("an operator of the selector lacks an operand")
                : Optional.empty();
    }

    /** It marks messages up to the one that was delivered last, and none if that one is acknowledged. */
    @Override
    public boolean recoversBeforeClose() {
        return true;
    }

    /**
     * Whether file names of that encoding keep names apart: with an ASCII locale, Java writes other characters as
     * {@code ?}.
     */
    static boolean canHold(Charset fileNames, String jmsName) {
        return fileNames.newEncoder().canEncode(jmsName);
    }

    private static boolean isWildcard(String word) {
        return word.equals(Destination.ONE) || word.equals(Destination.MANY);
    }
}
