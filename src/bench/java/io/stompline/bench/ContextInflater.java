package io.stompline.bench;

import java.io.IOException;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Inflates messages of one connection that come in fragments, or of which each builds on those before (RFC 7692,
 * 7.2.2). One thread at a time.
 */
final class ContextInflater {
    private static final byte[] FLUSH = {0, 0, (byte) 0xff, (byte) 0xff};

    private final boolean keepsContext;
    private final Inflater inflater = new Inflater(true);

    /** @param keepsContext whether a message builds on those before */
    ContextInflater(boolean keepsContext) {
        this.keepsContext = keepsContext;
    }

    /**
     * Inflates a fragment.
     *
     * @param last whether the message ends with it
     */
    void inflate(byte[] bytes, int start, int end, boolean last, LoadWay.Receiver receiver) throws IOException {
        // A message of 32 KiB comes as one, so that the receiver need not join pieces.
        byte[] octets = new byte[64 * 1024];
        int size = inflate(bytes, start, end - start, octets, 0, receiver);
        if (last) {
            size = inflate(FLUSH, 0, FLUSH.length, octets, size, receiver);
        }
        receiver.message(octets, 0, size);
        if (last && !keepsContext) {
            inflater.reset();
        }
    }

    /** Returns how many octets are in {@code octets} then; those that had no room have gone to the receiver. */
    private int inflate(byte[] bytes, int start, int length, byte[] octets, int full, LoadWay.Receiver receiver)
            throws IOException {
        int size = full;
        inflater.setInput(bytes, start, length);
        try {
            while (true) {
                size += inflater.inflate(octets, size, octets.length - size);
                if (size < octets.length) {
                    return size;
                }
                receiver.message(octets, 0, size);
                size = 0;
            }
        } catch (DataFormatException e) {
            throw new IOException("the server sent no stream of DEFLATE", e);
        }
    }
}
