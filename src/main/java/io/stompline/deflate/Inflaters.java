package io.stompline.deflate;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Inflates messages of clients, each with a window of its own and no further than a bound. Thread-safe. */
public final class Inflaters implements AutoCloseable {
    /** What the sender has left out at the end (RFC 7692, 7.2.2). */
    private static final byte[] FLUSH = {0, 0, (byte) 0xff, (byte) 0xff};

    private static final int FIRST_BYTES = 4 * 1024;

    /** JSON is seldom more than so many times as large as deflated. */
    private static final int USUAL_FACTOR = 4;

    private final Pool<Inflater> pool = new Pool<>(() -> new Inflater(true), Inflater::end);

    Inflaters() {}

    /**
     * Inflates a message.
     *
     * @param blocks the whole message as it was received
     * @param maxBytes how large the result may be; checked while it grows
     * @throws InflationException if it is larger, or no stream of DEFLATE, or if something follows a final block
     */
    public byte[] inflate(byte[] blocks, int maxBytes) throws InflationException {
        return pool.with(inflater -> {
            try {
                return inflate(blocks, maxBytes, inflater);
            } catch (DataFormatException e) {
                throw InflationException.malformed("it is no stream of DEFLATE (RFC 1951)");
            }
        });
    }

    private static byte[] inflate(byte[] blocks, int maxBytes, Inflater inflater)
            throws DataFormatException, InflationException {
        inflater.reset();
        inflater.setInput(blocks);
        // One more than may come shows that it does.
        long capacity = maxBytes + 1L;
        byte[] octets = new byte[(int) Math.min(capacity, Math.max(FIRST_BYTES, (long) USUAL_FACTOR * blocks.length))];
        int size = 0;
        boolean flushed = false;
        while (true) {
            int more = inflater.inflate(octets, size, octets.length - size);
            size += more;
            if (size > maxBytes) {
                throw InflationException.tooLarge(maxBytes);
            }
            if (inflater.finished()) {
                checkRest(blocks, flushed ? 0 : inflater.getRemaining());
                break;
            }
            if (size == octets.length) {
                octets = Arrays.copyOf(octets, (int) Math.min(capacity, 2L * octets.length));
            } else if (more == 0) {
                if (flushed || !inflater.needsInput()) {
                    break;
                }
                inflater.setInput(FLUSH);
                flushed = true;
            }
        }
        return Arrays.copyOf(octets, size);
    }

    /** Behind a final block there may be an empty block, of which the end is left out (RFC 7692, 7.2.3.4). */
    private static void checkRest(byte[] blocks, int rest) throws InflationException {
        if (rest > 1 || (rest == 1 && blocks[blocks.length - 1] != 0)) {
            throw InflationException.malformed("octets follow a final block of DEFLATE");
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
