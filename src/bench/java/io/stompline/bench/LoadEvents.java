package io.stompline.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads events of {@code text/event-stream}, as Stompline writes them. One thread at a time. */
final class LoadEvents {
    private static final byte[] DATA = "data: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PING = ": ping".getBytes(StandardCharsets.US_ASCII);
    private static final String NAME = "event: ";

    /** Takes what comes. */
    interface Reader {
        /** Data without the names of lines lies in {@code bytes} from {@code start} to {@code end} during this call. */
        void event(String name, byte[] bytes, int start, int end) throws IOException;

        /** The server asks for a sign of life. */
        void ping();
    }

    private final Reader reader;

    /** The begin of an event whose end has not come yet. */
    private byte[] unfinished = {};

    LoadEvents(Reader reader) {
        this.reader = reader;
    }

    /** Reads octets in any cut; overwrites them. */
    void read(byte[] bytes, int start, int end) throws IOException {
        if (unfinished.length == 0) {
            readEvents(bytes, start, end);
        } else {
            byte[] joined = Arrays.copyOf(unfinished, unfinished.length + end - start);
            System.arraycopy(bytes, start, joined, unfinished.length, end - start);
            readEvents(joined, 0, joined.length);
        }
    }

    private void readEvents(byte[] bytes, int start, int end) throws IOException {
        int next = start;
        for (int i = start; i < end - 1; i++) {
            if (bytes[i] == '\n' && bytes[i + 1] == '\n') {
                readEvent(bytes, next, i);
                next = i + 2;
                i++;
            }
        }
        unfinished = Arrays.copyOfRange(bytes, next, end);
    }

    private void readEvent(byte[] bytes, int start, int end) throws IOException {
        String name = "";
        int dataEnd = start;
        boolean any = false;
        int line = start;
        while (line < end) {
            int lineEnd = line;
            while (lineEnd < end && bytes[lineEnd] != '\n') {
                lineEnd++;
            }
            if (isAt(DATA, bytes, line, lineEnd)) {
                if (any) {
                    bytes[dataEnd++] = '\n';
                }
                any = true;
                int length = lineEnd - line - DATA.length;
                System.arraycopy(bytes, line + DATA.length, bytes, dataEnd, length);
                dataEnd += length;
            } else if (isAt(PING, bytes, line, lineEnd)) {
                reader.ping();
            } else if (bytes[line] == 'e') {
                name = new String(bytes, line, lineEnd - line, StandardCharsets.US_ASCII).substring(NAME.length());
            }
            line = lineEnd + 1;
        }
        if (any) {
            reader.event(name, bytes, start, dataEnd);
        }
    }

    private static boolean isAt(byte[] begin, byte[] bytes, int start, int end) {
        return end - start >= begin.length && Arrays.equals(bytes, start, start + begin.length, begin, 0, begin.length);
    }
}
