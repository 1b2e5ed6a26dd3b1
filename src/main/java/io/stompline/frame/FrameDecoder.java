package io.stompline.frame;

import io.stompline.frame.MalformedFrameException.Fault;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Splits received bytes into STOMP frames and heart-beats (STOMP 1.2, "Augmented BNF").
 *
 * <p>Bytes may come in any cut; an unfinished frame is kept for the next call. Lines end with LF or CRLF. One thread at
 * a time.
 */
public final class FrameDecoder {
    /** Takes the completed frames. */
    public interface Sink {
        /** A whole frame. The decoder's version and limits may be changed before this returns. */
        void frame(Frame frame);

        /** An end of line between frames: a heart-beat or padding. */
        void heartBeat();
    }

    private static final int UNKNOWN_LENGTH = -1;
    private static final long TOO_LONG = 1_000_000_000;

    /** Octets of a line that is too long that an error may show. */
    private static final int SHOWN_BYTES = 200;

    private enum Expect {
        COMMAND,
        HEADER,
        BODY,
        NUL
    }

    private FrameLimits limits;
    private Version version = Version.V1_0;

    private Expect expect = Expect.COMMAND;
    private final ByteAccumulator line = new ByteAccumulator();
    private final ByteAccumulator body = new ByteAccumulator();
    private Command command;
    private Headers.Builder headers = new Headers.Builder();
    private int headerBytes;
    private int frameBytes;
    private int contentLength = UNKNOWN_LENGTH;
    private long frames;

    /** A decoder for frames before the version is known. */
    public FrameDecoder(FrameLimits limits) {
        this.limits = limits;
    }

    /** Sets the version and limits for the frames that follow. */
    public void use(Version negotiated, FrameLimits newLimits) {
        version = negotiated;
        limits = newLimits;
    }

    /** The number of the frame that has begun and not ended, another one for each; 0 between two frames. */
    public long unfinished() {
        return expect == Expect.COMMAND && line.isEmpty() ? 0 : frames + 1;
    }

    /**
     * Reads a chunk to its end.
     *
     * @param chunk bytes as received; not kept
     * @param sink gets what this chunk completed, in order, during the call
     * @throws MalformedFrameException if the bytes cannot be a frame or pass a limit in {@link FrameLimits}; the
     *     decoder is then unusable
     */
    public void decode(ByteBuffer chunk, Sink sink) throws MalformedFrameException {
        byte[] bytes;
        int start;
        if (chunk.hasArray()) {
            bytes = chunk.array();
            start = chunk.arrayOffset() + chunk.position();
        } else {
            bytes = new byte[chunk.remaining()];
            chunk.duplicate().get(bytes);
            start = 0;
        }
        int end = start + chunk.remaining();
        chunk.position(chunk.limit());
        try {
            while (start < end) {
                start = switch (expect) {
                    case COMMAND, HEADER -> readLine(bytes, start, end, sink);
                    case BODY -> readBody(bytes, start, end, sink);
                    case NUL -> readNul(bytes, start, sink);
                };
            }
        } catch (MalformedFrameException e) {
            throw e.in(begun(), askedReceipt(bytes, start, end));
        }
    }

    private Optional<Frame> begun() {
        return expect == Expect.COMMAND
                ? Optional.empty()
                : Optional.of(new Frame(command, headers.build(), Body.empty()));
    }

    private Optional<String> askedReceipt(byte[] bytes, int fault, int end) {
        boolean inHead = expect == Expect.COMMAND || expect == Expect.HEADER;
        Optional<String> known = headers.build().first("receipt");
        return known.isPresent() || !inHead ? known : LateReceipt.find(bytes, fault, end, version);
    }

    private int readLine(byte[] bytes, int start, int end, Sink sink) throws MalformedFrameException {
        int lineEnd = start;
        while (lineEnd < end && bytes[lineEnd] != '\n') {
            if (bytes[lineEnd] == 0) {
                throw nulInHead();
            }
            lineEnd++;
        }
        try {
            checkLineLimit(line.size() + lineEnd - start);
        } catch (MalformedFrameException e) {
            throw e.at(line.isEmpty() ? beginning(bytes, start, lineEnd) : beginning(line.array(), 0, line.size()));
        }
        if (lineEnd == end) {
            line.append(bytes, start, end);
            return end;
        }
        if (line.isEmpty()) {
            endLine(bytes, start, lineEnd, sink);
        } else {
            line.append(bytes, start, lineEnd);
            byte[] whole = line.array();
            int size = line.size();
            line.clear();
            endLine(whole, 0, size, sink);
        }
        return lineEnd + 1;
    }

    private static String beginning(byte[] bytes, int start, int end) {
        return new String(bytes, start, Math.min(SHOWN_BYTES, end - start), StandardCharsets.UTF_8);
    }

    private void checkLineLimit(int size) throws MalformedFrameException {
        if (expect == Expect.COMMAND && size > Command.MAX_LENGTH + 1) {
            throw new MalformedFrameException(
                    Fault.UNKNOWN_COMMAND,
                    "the first line is longer than any STOMP command; a frame begins with a command and an end of line");
        }
        if (expect == Expect.HEADER) {
            if (size > limits.maxHeaderLineBytes() + 1) {
                throw new MalformedFrameException(
                        Fault.TOO_MANY_HEADERS,
                        "a header line is longer than " + limits.maxHeaderLineBytes() + " bytes ("
                                + limits.names().headerLineBytes() + ")");
            }
            if (headerBytes + size > limits.maxHeadersBytes() + 1) {
                throw new MalformedFrameException(
                        Fault.TOO_MANY_HEADERS,
                        "the headers are larger than " + limits.maxHeadersBytes() + " bytes ("
                                + limits.names().headersBytes() + ")");
            }
            checkFrameLimit(size);
        }
    }

    private void endLine(byte[] bytes, int start, int lineEnd, Sink sink) throws MalformedFrameException {
        int end = lineEnd > start && bytes[lineEnd - 1] == '\r' ? lineEnd - 1 : lineEnd;
        frameBytes += lineEnd - start + 1;
        if (expect == Expect.COMMAND) {
            if (end == start) {
                frameBytes = 0;
                sink.heartBeat();
            } else {
                command = parseCommand(text(bytes, start, end));
                expect = Expect.HEADER;
            }
        } else if (end == start) {
            expect = Expect.BODY;
            endHeaders();
        } else {
            headerBytes += lineEnd - start + 1;
            String header = text(bytes, start, end);
            try {
                addHeader(header);
            } catch (MalformedFrameException e) {
                throw e.at(header);
            }
        }
    }

    private static Command parseCommand(String name) throws MalformedFrameException {
        return Command.named(name)
                .orElseThrow(() -> new MalformedFrameException(
                                Fault.UNKNOWN_COMMAND, "the first line is not a STOMP command")
                        .at(name));
    }

    private void addHeader(String text) throws MalformedFrameException {
        if (headers.size() == limits.maxHeaders()) {
            throw new MalformedFrameException(
                    Fault.TOO_MANY_HEADERS,
                    "the frame has more than " + limits.maxHeaders() + " headers ("
                            + limits.names().headers() + ")");
        }
        int colon = text.indexOf(':');
        if (colon <= 0) {
            throw new MalformedFrameException(Fault.SYNTAX, "a header line needs a name and a colon: name:value");
        }
        Version escapes = command.isConnect() || command == Command.CONNECTED ? Version.V1_0 : version;
        headers.add(
                Escapes.unescape(text.substring(0, colon), escapes),
                Escapes.unescape(text.substring(colon + 1), escapes));
    }

    private void endHeaders() throws MalformedFrameException {
        if (!command.hasCountedBody()) {
            return;
        }
        // Repeated headers are rare: build() once, here.
        // STOMP 1.0 pads values with blanks in its examples.
        String length = headers.build().first("content-length").orElse("").strip();
        if (length.isEmpty()) {
            return;
        }
        try {
            contentLength = parseLength(length);
        } catch (MalformedFrameException e) {
            throw e.at("content-length:" + length);
        }
        checkFrameLimit(contentLength);
        if (contentLength == 0) {
            expect = Expect.NUL;
        }
    }

    private int parseLength(String digits) throws MalformedFrameException {
        long length = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                throw badLength();
            }
            length = Math.min(TOO_LONG, 10 * length + digit);
        }
        if (length == TOO_LONG) {
            throw frameTooLarge();
        }
        return (int) length;
    }

    private int readBody(byte[] bytes, int start, int end, Sink sink) throws MalformedFrameException {
        return contentLength == UNKNOWN_LENGTH
                ? readBodyToNul(bytes, start, end, sink)
                : readCountedBody(bytes, start, end);
    }

    private int readBodyToNul(byte[] bytes, int start, int end, Sink sink) throws MalformedFrameException {
        int nul = start;
        while (nul < end && bytes[nul] != 0) {
            nul++;
        }
        if (nul > start && !command.mayHaveBody(version)) {
            throw unexpectedBody();
        }
        checkFrameLimit(body.size() + nul - start);
        if (nul == end) {
            body.append(bytes, start, end);
            return end;
        }
        Body whole;
        if (body.isEmpty()) {
            whole = Body.copyOf(bytes, start, nul);
        } else {
            body.append(bytes, start, nul);
            whole = Body.copyOf(body.array(), 0, body.size());
        }
        endFrame(whole, sink);
        return nul + 1;
    }

    private int readCountedBody(byte[] bytes, int start, int end) {
        int part = Math.min(contentLength - body.size(), end - start);
        body.append(bytes, start, start + part);
        if (body.size() == contentLength) {
            expect = Expect.NUL;
        }
        return start + part;
    }

    private int readNul(byte[] bytes, int start, Sink sink) throws MalformedFrameException {
        if (bytes[start] != 0) {
            throw new MalformedFrameException(
                    Fault.BAD_CONTENT_LENGTH,
                    "content-length is " + contentLength
                            + " but no NUL follows the body there; it counts the octets of the body");
        }
        endFrame(Body.copyOf(body.array(), 0, body.size()), sink);
        return start + 1;
    }

    private void endFrame(Body whole, Sink sink) {
        Frame frame = new Frame(command, headers.build(), whole);
        expect = Expect.COMMAND;
        body.clear();
        headers = new Headers.Builder();
        headerBytes = 0;
        frameBytes = 0;
        contentLength = UNKNOWN_LENGTH;
        frames++;
        sink.frame(frame);
    }

    private void checkFrameLimit(int more) throws MalformedFrameException {
        if (frameBytes + more > limits.maxFrameBytes()) {
            throw frameTooLarge();
        }
    }

    private MalformedFrameException frameTooLarge() {
        return new MalformedFrameException(
                Fault.FRAME_TOO_LARGE,
                "the frame is larger than " + limits.maxFrameBytes() + " bytes ("
                        + limits.names().frameBytes() + ")");
    }

    private MalformedFrameException unexpectedBody() {
        return new MalformedFrameException(
                Fault.UNEXPECTED_BODY, command.withArticle() + " frame must not have a body");
    }

    private static MalformedFrameException badLength() {
        return new MalformedFrameException(
                Fault.BAD_CONTENT_LENGTH, "content-length must be a decimal number of octets");
    }

    private MalformedFrameException nulInHead() {
        String detail = expect == Expect.COMMAND
                ? "a NUL where a command was expected"
                : "a NUL among the headers; an empty line must end them";
        return new MalformedFrameException(Fault.SYNTAX, detail);
    }

    private static String text(byte[] bytes, int start, int end) throws MalformedFrameException {
        for (int i = start; i < end; i++) {
            if (bytes[i] < 0) {
                return utf8(bytes, start, end);
            }
        }
        return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
    }

    private static String utf8(byte[] bytes, int start, int end) throws MalformedFrameException {
        try {
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, start, end - start));
            return text.toString();
        } catch (CharacterCodingException e) {
            throw new MalformedFrameException(Fault.NOT_UTF8, "commands and headers must be UTF-8")
                    .at(beginning(bytes, start, end));
        }
    }
}
