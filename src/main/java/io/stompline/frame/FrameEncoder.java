package io.stompline.frame;

import java.nio.charset.StandardCharsets;

/** Writes frames as bytes (STOMP 1.2, "Augmented BNF"). Headers whose name a version cannot carry are left out. */
public final class FrameEncoder {
    private FrameEncoder() {}

    /** A whole frame; {@code content-length} is added where there is a body. */
    public static EncodedFrame encode(Frame frame, Version version) {
        // CONNECTED is never escaped (1.2 "Value Encoding"): like 1.0.
        Version escapes = frame.command() == Command.CONNECTED ? Version.V1_0 : version;
        StringBuilder head =
                new StringBuilder(128).append(frame.command().name()).append('\n');
        appendHeaders(frame.headers(), escapes, head);
        return new EncodedFrame(
                head.toString().getBytes(StandardCharsets.UTF_8), tail("", frame.body()), isText(frame.body()));
    }

    /** The beginning of a frame: the command and these header lines, to be continued by {@link #encodeTail}. */
    public static byte[] encodeHead(Command command, Headers headers, Version version) {
        StringBuilder lines = new StringBuilder(64).append(command.name()).append('\n');
        appendHeaders(headers, version, lines);
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The end of a frame, from these header lines to the closing NUL, to be shared by many frames. */
    public static byte[] encodeTail(Headers headers, Body body, Version version) {
        StringBuilder lines = new StringBuilder(128);
        appendHeaders(headers, version, lines);
        return tail(lines.toString(), body);
    }

    /** Whether a body is valid UTF-8, so that a transport can send it as text. */
    public static boolean isText(Body body) {
        return body.text().isPresent();
    }

    private static void appendHeaders(Headers headers, Version version, StringBuilder out) {
        headers.forEach((name, value) -> {
            if (Escapes.carriesName(name, version)) {
                Escapes.escape(name, version, out);
                out.append(':');
                Escapes.escape(value, version, out);
                out.append('\n');
            }
        });
    }

    private static byte[] tail(String lines, Body body) {
        String length = body.size() == 0 ? "" : "content-length:" + body.size() + "\n";
        byte[] head = (lines + length + "\n").getBytes(StandardCharsets.UTF_8);
        byte[] tail = new byte[head.length + body.size() + 1];
        System.arraycopy(head, 0, tail, 0, head.length);
        body.copyInto(tail, head.length);
        return tail;
    }
}
