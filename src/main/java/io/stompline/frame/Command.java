package io.stompline.frame;

import static io.stompline.frame.Version.V1_0;
import static io.stompline.frame.Version.V1_1;
import static io.stompline.frame.Version.V1_2;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The commands of STOMP with their rules: who sends them, whether a body may follow, which headers they need. */
public enum Command {
    /** Opens the session. The handshake named the host, so {@code host} is not asked for: many clients send none. */
    CONNECT(Sender.CLIENT),
    /** The same as CONNECT (1.1 and 1.2). */
    STOMP(Sender.CLIENT),
    /** Answers CONNECT. */
    CONNECTED(Sender.SERVER),
    /** Publishes a message. */
    SEND(Sender.CLIENT, Body.ALLOWED, need("destination", V1_0)),
    /** Starts a subscription. */
    SUBSCRIBE(Sender.CLIENT, need("destination", V1_0), need("id", V1_1)),
    /** Ends a subscription; 1.0 takes the destination instead of the id. */
    UNSUBSCRIBE(Sender.CLIENT, need("id", V1_1)),
    /** Acknowledges messages. */
    ACK(
            Sender.CLIENT,
            only("message-id", V1_0),
            only("subscription", V1_1),
            only("message-id", V1_1),
            need("id", V1_2)),
    /** Refuses messages (1.1 and 1.2). */
    NACK(
            Sender.CLIENT,
            only("message-id", V1_0),
            only("subscription", V1_1),
            only("message-id", V1_1),
            need("id", V1_2)),
    /** Opens a transaction. */
    BEGIN(Sender.CLIENT, need("transaction", V1_0)),
    /** Carries out a transaction. */
    COMMIT(Sender.CLIENT, need("transaction", V1_0)),
    /** Drops a transaction. */
    ABORT(Sender.CLIENT, need("transaction", V1_0)),
    /** Ends the session. */
    DISCONNECT(Sender.CLIENT),
    /** Carries a message to a subscriber. */
    MESSAGE(Sender.SERVER, Body.ALLOWED),
    /** Confirms a frame. */
    RECEIPT(Sender.SERVER),
    /** Says what went wrong; the connection ends. */
    ERROR(Sender.SERVER, Body.ALLOWED);

    /** The side that may send a command. */
    public enum Sender {
        /** The client only. */
        CLIENT,
        /** The server only. */
        SERVER
    }

    private enum Body {
        ALLOWED,
        NONE
    }

    private record Requirement(String header, Version from, Version to) {
        boolean appliesTo(Version version) {
            return version.isAtLeast(from) && to.isAtLeast(version);
        }
    }

    private static final Map<String, Command> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Command::name, Function.identity()));

    /** Octets of the longest command. */
    static final int MAX_LENGTH =
            BY_NAME.keySet().stream().mapToInt(String::length).max().orElse(0);

    private final Sender sender;
    private final boolean mayHaveBody;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<Requirement> requirements;

    Command(Sender sender, Requirement... requirements) {
        this(sender, Body.NONE, requirements);
    }

    Command(Sender sender, Body body, Requirement... requirements) {
        this.sender = sender;
        this.mayHaveBody = body == Body.ALLOWED;
        this.requirements = List.of(requirements);
    }

    /** The command of that name; names are case-sensitive and matched whole. */
    public static Optional<Command> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** The side that may send it. */
    public Sender sender() {
        return sender;
    }

    /** The name in a sentence: {@code a SEND}, {@code an ACK}. */
    String withArticle() {
        return ("AEIOU".indexOf(name().charAt(0)) < 0 ? "a " : "an ") + name();
    }

    /**
     * Whether {@code content-length} counts a body. Elsewhere it is ignored: stompjs up to 7.5 sends the headers of a
     * MESSAGE back with its ACK.
     */
    boolean hasCountedBody() {
        return mayHaveBody;
    }

    /**
     * Whether a body may follow (STOMP 1.2, "Body"). In 1.0 any frame may have one; that of SUBSCRIBE is ignored, and
     * so are others.
     */
    public boolean mayHaveBody(Version version) {
        return mayHaveBody || (version == V1_0 && !isConnect());
    }

    /** Whether it opens the session: its headers are not escaped, in no version. */
    public boolean isConnect() {
        return this == CONNECT || this == STOMP;
    }

    /** Whether it may be carried out once more when the message broker was away and its outcome is unknown. */
    public boolean isRepeatable() {
        return this == SEND || this == SUBSCRIBE || this == COMMIT;
    }

    /** The headers without which it is incomplete in that version. */
    public List<String> requiredHeaders(Version version) {
        List<String> names = new ArrayList<>();
        for (Requirement requirement : requirements) {
            if (requirement.appliesTo(version)) {
                names.add(requirement.header());
            }
        }
        return names;
    }

    private static Requirement need(String header, Version from) {
        return new Requirement(header, from, V1_2);
    }

    private static Requirement only(String header, Version version) {
        return new Requirement(header, version, version);
    }
}
