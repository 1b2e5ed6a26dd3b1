package io.stompline.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Reads answers of HTTP, one after the other (RFC 9112, 6 and 7): bodies with a length, in chunks without trailers, or
 * up to the end of the connection. One thread at a time.
 */
final class LoadAnswer {
    /** Takes one answer. */
    interface Reader {
        /** A part of the body lies in {@code bytes} from {@code start} to {@code end} during this call. */
        void part(byte[] bytes, int start, int end) throws IOException;

        /** All of it has come. */
        void whole() throws IOException;
    }

    private static final int MAX_HEAD = 4096;
    private static final String LENGTH = "\r\ncontent-length:";

    private boolean inBody;
    private boolean chunked;
    private boolean lastChunk;
    private boolean whole;
    private boolean closes;

    /** Octets that follow of the body, or of the chunk. */
    private long left;

    /** Whether an answer has begun whose end has not come. */
    boolean hasBegun() {
        return inBody;
    }

    /** Whether the connection ends with the answer that was read last. */
    boolean closes() {
        return closes;
    }

    /**
     * Reads one answer, or what is there of it.
     *
     * @return where the unread octets begin
     */
    int read(byte[] bytes, int end, Reader reader) throws IOException {
        int next = 0;
        int before = -1;
        whole = false;
        while (!whole && next > before) {
            before = next;
            next = step(bytes, next, end, reader);
        }
        if (whole) {
            inBody = false;
            reader.whole();
        }
        return next;
    }

    private int step(byte[] bytes, int start, int end, Reader reader) throws IOException {
        if (!inBody) {
            return readHead(bytes, start, end);
        }
        if (left == 0) {
            return readLine(bytes, start, end);
        }
        int size = (int) Math.min(left, end - start);
        if (size > 0) {
            reader.part(bytes, start, start + size);
        }
        left -= size;
        whole = left == 0 && !chunked;
        return start + size;
    }

    private int readHead(byte[] bytes, int start, int end) throws IOException {
        String text = new String(bytes, start, Math.min(MAX_HEAD, end - start), StandardCharsets.ISO_8859_1);
        int size = text.indexOf("\r\n\r\n");
        if (size < 0) {
            return start;
        }
        if (!text.startsWith("HTTP/1.1 20")) {
            throw new IOException("the server answered " + text);
        }
        String head = text.substring(0, size).toLowerCase(Locale.ROOT) + "\r\n";
        inBody = true;
        lastChunk = false;
        chunked = head.contains("\r\ntransfer-encoding: chunked");
        closes = head.contains("\r\nconnection: close");
        left = chunked ? 0 : length(head);
        whole = left == 0 && !chunked;
        return start + size + 4;
    }

    private static long length(String head) {
        int header = head.indexOf(LENGTH);
        if (header >= 0) {
            int begin = header + LENGTH.length();
            return Long.parseLong(
                    head.substring(begin, head.indexOf('\r', begin)).strip());
        }
        return head.startsWith("http/1.1 204") ? 0 : Long.MAX_VALUE;
    }

    /** Reads the length of a chunk, or the empty line behind one. */
    private int readLine(byte[] bytes, int start, int end) {
        int next = start;
        while (next < end && bytes[next] != '\n') {
            next++;
        }
        if (next == end) {
            return start;
        }
        String line = new String(bytes, start, next - start, StandardCharsets.US_ASCII).strip();
        if (line.isEmpty()) {
            whole = lastChunk;
        } else {
            left = Long.parseLong(line, 16);
            lastChunk = left == 0;
        }
        return next + 1;
    }
}
