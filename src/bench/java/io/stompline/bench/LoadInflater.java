package io.stompline.bench;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Inflates messages of the server (RFC 7692, 7.2.2). Keeps the latest ones, since subscribers with the same id get the
 * same octets: so this side has little more work with compressed messages than with others. One thread at a time.
 */
final class LoadInflater {
    private static final byte[] FLUSH = {0, 0, (byte) 0xff, (byte) 0xff};

    /** More than are under way at a time. */
    private static final int KEPT = 32;

    private static final int MAX_OCTETS = 128 * 1024;

    private final Inflater inflater = new Inflater(true);
    private final Deque<Known> latest = new ArrayDeque<>();

    private static final class Known {
        private final byte[] blocks;
        private final byte[] octets;

        Known(byte[] blocks, byte[] octets) {
            this.blocks = blocks;
            this.octets = octets;
        }
    }

    /** What lies in {@code bytes} from {@code start} to {@code end}, inflated. Not to be written to. */
    byte[] inflate(byte[] bytes, int start, int end) throws IOException {
        for (Known known : latest) {
            if (Arrays.equals(known.blocks, 0, known.blocks.length, bytes, start, end)) {
                return known.octets;
            }
        }
        byte[] blocks = Arrays.copyOfRange(bytes, start, end);
        byte[] octets = inflate(blocks);
        latest.addFirst(new Known(blocks, octets));
        if (latest.size() > KEPT) {
            latest.removeLast();
        }
        return octets;
    }

    private byte[] inflate(byte[] blocks) throws IOException {
        byte[] octets = new byte[MAX_OCTETS];
        inflater.reset();
        inflater.setInput(blocks);
        try {
            int size = inflater.inflate(octets);
            inflater.setInput(FLUSH);
            size += inflater.inflate(octets, size, octets.length - size);
            return Arrays.copyOf(octets, size);
        } catch (DataFormatException e) {
            throw new IOException("the server sent no stream of DEFLATE", e);
        }
    }
}
