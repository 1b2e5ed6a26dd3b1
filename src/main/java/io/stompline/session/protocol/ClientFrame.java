package io.stompline.session.protocol;

import io.stompline.bounds.Printable;
import io.stompline.config.Setting;
import io.stompline.config.Settings;
import io.stompline.frame.BooleanHeader;
import io.stompline.frame.Command;
import io.stompline.frame.Frame;
import io.stompline.frame.HeaderNames;
import io.stompline.frame.Headers;
import io.stompline.frame.Version;
import io.stompline.routing.Destination;
import io.stompline.security.Credentials;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A frame from a client, its headers checked where they are read: present where the version needs them, not longer than
 * allowed, well-formed.
 *
 * @param frame as decoded
 * @param version the negotiated version
 * @param limits how long headers may be
 */
public record ClientFrame(Frame frame, Version version, HeaderLimits limits) {
    /** Headers that tell frames of one command apart. */
    private static final List<String> TITLE =
            List.of("id", "message-id", "subscription", "destination", "reply-to", "transaction");

    private static final int MAX_SHOWN = 300;
    private static final int MAX_KEY_CHARS = 64;

    /**
     * Longest lengths of headers, in characters, by the setting that says so.
     *
     * @param chars for every setting of type {@code CHARS}
     */
    public record HeaderLimits(Map<Setting, Integer> chars) {
        static HeaderLimits from(Settings settings) {
            Map<Setting, Integer> chars = new EnumMap<>(Setting.class);
            for (Setting setting : Setting.values()) {
                if (setting.type() == Setting.Type.CHARS) {
                    chars.put(setting, settings.number(setting));
                }
            }
            return new HeaderLimits(chars);
        }
    }

    /**
     * Checks that all headers are there that the command needs.
     *
     * @throws StompException MISSING_HEADER or NOT_IN_VERSION
     */
    public void checkComplete() {
        if (frame.command() == Command.NACK && version == Version.V1_0) {
            throw new StompException(StompError.NOT_IN_VERSION, "NACK exists from STOMP 1.1 on");
        }
        for (String name : frame.command().requiredHeaders(version)) {
            if (text(name).isEmpty()) {
                throw missing(name);
            }
        }
    }

    public Destination destination() {
        String text = destinationHeader("destination").orElseThrow(() -> missing("destination"));
        return parseDestination("destination", text);
    }

    public Optional<Destination> replyTo() {
        return destinationHeader("reply-to").map(text -> parseDestination("reply-to", text));
    }

    public Optional<String> id() {
        return id("id");
    }

    public Optional<String> subscription() {
        return id("subscription");
    }

    /** The id that an ACK or NACK names: {@code id} in 1.2, {@code message-id} before. */
    public String acknowledgedId() {
        String name = version == Version.V1_2 ? "id" : "message-id";
        return id(name).orElseThrow(() -> missing(name));
    }

    /**
     * The credentials of a CONNECT.
     *
     * @param loneTokens whether a passcode without login that is no ticket is a token; otherwise it means nothing
     */
    public Credentials credentials(boolean loneTokens) {
        return Credentials.ofConnect(this::text, loneTokens);
    }

    /** Names the client across connections, for durable subscriptions. */
    public Optional<String> clientId() {
        return id("client-id");
    }

    /** The tab of a browser that a CONNECT comes from, if it says so. */
    public Optional<String> tab() {
        return id(HeaderNames.TAB);
    }

    public Optional<String> transaction() {
        return id("transaction");
    }

    public Optional<String> receipt() {
        return id("receipt");
    }

    /** The receipt for an ERROR, which shows it whatever it is. */
    public Optional<String> receiptAsSent() {
        return text("receipt");
    }

    /** Which frame it is, for an ERROR: its command with its ids and destination, such as SEND to /topic/a. */
    public String title() {
        StringBuilder title = new StringBuilder(frame.command().name());
        for (String name : TITLE) {
            text(name)
                    .ifPresent(value -> title.append(' ')
                            .append(name)
                            .append(" '")
                            .append(shown(value))
                            .append('\''));
        }
        return title.toString();
    }

    private static String shown(String value) {
        String shown = value.length() > MAX_SHOWN ? value.substring(0, MAX_SHOWN) + "…" : value;
        return Printable.of(shown);
    }

    public Optional<String> selector() {
        return header("selector", Setting.HEADER_MAX_SELECTOR_CHARS).filter(text -> !text.isBlank());
    }

    /** Whether it is about a durable subscription: {@code durable:true}, or a header of another broker says so. */
    public boolean isDurable() {
        Optional<String> foreign = ForeignHeaders.durableName(this);
        boolean durable = flag("durable", foreign.isPresent());
        if (!durable && foreign.isPresent()) {
            throw new StompException(
                    StompError.INVALID_HEADER, "the header durable is false, and another names a durable subscription");
        }
        return durable;
    }

    /** The name of a durable subscription: {@code name}, that of another broker's header, or the subscription's id. */
    public Optional<String> durableName() {
        Optional<String> foreign = ForeignHeaders.durableName(this);
        return isDurable() ? id("name").or(() -> foreign).or(this::id) : Optional.empty();
    }

    /** Whether messages of this connection stay away from the subscription; ActiveMQ has a header of its own. */
    public boolean noLocal() {
        return flag("no-local", flag("activemq.noLocal", false));
    }

    /**
     * The key under which the client sends the same SEND or COMMIT again; other frames have none.
     *
     * @throws StompException INVALID_HEADER
     */
    public Optional<String> idempotencyKey() {
        if (frame.command() != Command.SEND && frame.command() != Command.COMMIT) {
            return Optional.empty();
        }
        Optional<String> key = text(HeaderNames.IDEMPOTENCY_KEY);
        if (key.filter(text -> text.length() > MAX_KEY_CHARS).isPresent()) {
            throw new StompException(
                    StompError.INVALID_HEADER,
                    "the header " + HeaderNames.IDEMPOTENCY_KEY + " is longer than " + MAX_KEY_CHARS + " characters");
        }
        if (key.isPresent() && frame.command() == Command.SEND && transaction().isPresent()) {
            throw new StompException(
                    StompError.INVALID_HEADER,
                    "the header " + HeaderNames.IDEMPOTENCY_KEY + " of a transaction belongs to its COMMIT");
        }
        return key;
    }

    /** Where a SUBSCRIBE wants to begin among the messages that are kept. */
    public Optional<String> streamOffset() {
        return id(HeaderNames.STREAM_OFFSET);
    }

    /** What a SUBSCRIBE tells of its user, as JSON. */
    public Optional<String> presence() {
        return text(HeaderNames.PRESENCE);
    }

    public AckMode ackMode() {
        return AckMode.of(text("ack"));
    }

    /**
     * A header that is true or false, in any case.
     *
     * @param absent if it is missing or empty
     * @throws StompException INVALID_HEADER
     */
    public boolean flag(String name, boolean absent) {
        Optional<String> value = text(name);
        if (value.isEmpty()) {
            return absent;
        }
        return BooleanHeader.parse(value.get())
                .orElseThrow(() ->
                        new StompException(StompError.INVALID_HEADER, "the header " + name + " must be true or false"));
    }

    /**
     * A header, if it is there and not empty.
     *
     * @param longest the setting of type {@code CHARS} that limits it
     * @throws StompException INVALID_HEADER if it is longer
     */
    public Optional<String> header(String name, Setting longest) {
        Optional<String> value = text(name);
        int maxChars = limits.chars().get(longest);
        if (value.filter(text -> text.length() > maxChars).isPresent()) {
            throw new StompException(
                    StompError.INVALID_HEADER,
                    "the header " + name + " is longer than " + maxChars + " characters (" + longest.key() + ")");
        }
        return value;
    }

    /** The headers of a SEND that others may see but for {@code reply-to}: each name once, the first value. */
    public Headers published() {
        return frame.headers()
                .firstOfEach(name -> HeaderNames.isForClients(name) && !name.equals(HeaderNames.REPLY_TO));
    }

    /** The headers of a SUBSCRIBE that a bean may see: each name once, the first value. */
    public Headers passedOn() {
        return frame.headers().firstOfEach(HeaderNames::isPassedOn);
    }

    private Optional<String> destinationHeader(String name) {
        return header(name, Setting.HEADER_MAX_DESTINATION_CHARS);
    }

    /** Whether a header is there that is not empty. */
    boolean has(String name) {
        return text(name).isPresent();
    }

    Optional<String> id(String name) {
        return header(name, Setting.HEADER_MAX_ID_CHARS);
    }

    /** The value, if there is one. STOMP 1.0 pads values with blanks in its examples; later versions forbid to trim. */
    private Optional<String> text(String name) {
        Optional<String> value = version == Version.V1_0 ? frame.header(name).map(String::strip) : frame.header(name);
        return value.filter(text -> !text.isEmpty());
    }

    private static Destination parseDestination(String header, String text) {
        return Destination.parse(text)
                .orElseThrow(() -> new StompException(
                        StompError.INVALID_DESTINATION,
                        "the header " + header + " is wrong: "
                                + Destination.fault(text).orElseThrow()));
    }

    private StompException missing(String name) {
        return new StompException(
                StompError.MISSING_HEADER,
                frame.command() + " needs the header " + name + " in STOMP " + version.number());
    }
}
