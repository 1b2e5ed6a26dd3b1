package io.stompline.http;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.stompline.session.outbox.WireMessage;
import io.stompline.session.protocol.CloseStatus;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

/**
 * What goes to clients, as events of {@code text/event-stream}.
 *
 * <p>A text is one {@code data} line for each of its lines. What these cannot carry, which is binary or has a carriage
 * return, is Base64 in an event {@code b}; so is what has very many lines.
 */
final class Events {
    private static final byte[] DATA = ascii("data: ");
    private static final byte[] BINARY = ascii("event: b\n");
    private static final byte[] COMMENT = ascii(":\n\n");
    private static final byte[] PING = ascii(": ping\n\n");

    /** Octets of what may take more room as lines. */
    private static final int SMALL = 1024;

    /** Some proxies and virus scanners hold back the first KiB of an answer. */
    private static final int PADDING = 2 * 1024;

    private Events() {}

    /** An event for each message. */
    static byte[] of(List<WireMessage> messages) {
        ByteArrayOutputStream events = new ByteArrayOutputStream(
                messages.stream().mapToInt(WireMessage::size).sum() * 5 / 4 + 64);
        for (WireMessage message : messages) {
            byte[] octets = message.toBytes();
            if (message.isText() && fitsLines(octets)) {
                writeLines(octets, events);
            } else {
                events.writeBytes(BINARY);
                writeLines(Base64.getEncoder().encode(octets), events);
            }
        }
        return events.toByteArray();
    }

    /** Whether lines can carry it, and are not much longer than Base64: each takes {@link #DATA}. */
    private static boolean fitsLines(byte[] octets) {
        int lines = 0;
        for (byte octet : octets) {
            if (octet == '\r') {
                return false;
            }
            lines += octet == '\n' ? 1 : 0;
        }
        return octets.length < SMALL || lines * DATA.length < octets.length / 3;
    }

    private static void writeLines(byte[] octets, ByteArrayOutputStream events) {
        int begin = 0;
        for (int i = 0; i <= octets.length; i++) {
            if (i == octets.length || octets[i] == '\n') {
                events.writeBytes(DATA);
                events.write(octets, begin, i - begin);
                events.write('\n');
                begin = i + 1;
            }
        }
        events.write('\n');
    }

    /** The beginning of a stream: what the client has to know, then comments that push it through proxies. */
    static byte[] open(String json) {
        return ascii("event: open\ndata: " + json + "\n\n:" + " ".repeat(PADDING) + "\n\n");
    }

    /** What a client has to know of its session, in JSON. Names and secrets have letters, digits, dots and dashes. */
    static String opening(String session, Secret secret, Duration longestPoll) {
        return "{\"session\":\"" + session + "\",\"secret\":\"" + secret.text() + "\",\"poll\":"
                + longestPoll.toMillis() + "}";
    }

    /** What a client may answer by a request without octets, and what proxies take for a sign of life. */
    static byte[] ping() {
        return PING.clone();
    }

    /** What pushes what is before it through proxies, and says nothing. */
    static byte[] comment() {
        return COMMENT.clone();
    }

    /** The last event, with the code that a browser would get with a close. */
    static byte[] close(CloseStatus status, String reason) {
        String quoted = new String(JsonStringEncoder.getInstance().quoteAsString(reason));
        return ("event: close\ndata: {\"code\":" + code(status) + ",\"reason\":\"" + quoted + "\"}\n\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** As RFC 6455, 7.4.1, has them, and for 1012 and above the IANA registry of close codes. */
    static int code(CloseStatus status) {
        return switch (status) {
            case NORMAL -> 1000;
            case PROTOCOL_ERROR -> 1002;
            case POLICY_VIOLATION -> 1008;
            case TOO_BIG -> 1009;
            case INTERNAL_ERROR -> 1011;
            case RESTART -> 1012;
            case TRY_AGAIN_LATER -> 1013;
        };
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
