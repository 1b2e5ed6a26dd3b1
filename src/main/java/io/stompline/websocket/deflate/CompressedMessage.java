package io.stompline.websocket.deflate;

import io.stompline.deflate.Inflaters;
import io.stompline.deflate.InflationException;
import java.io.ByteArrayOutputStream;
import java.util.Optional;

/**
 * Inflates the compressed messages of one connection, each when its last fragment is there. Holds no inflater
 * meanwhile, but the fragments, within the bound. One thread at a time.
 */
final class CompressedMessage {
    private static final byte[] NOTHING = new byte[0];

    private final Inflaters inflaters;

    /** Fragments of the message that has begun and not ended; empty if there is none. */
    private Optional<ByteArrayOutputStream> begun = Optional.empty();

    CompressedMessage(Inflaters inflaters) {
        this.inflaters = inflaters;
    }

    /** Whether a compressed message has begun and not ended. */
    boolean isUnderWay() {
        return begun.isPresent();
    }

    /**
     * Takes the next fragment.
     *
     * @param last whether the message ends with it
     * @param maxBytes how large the message may be, compressed or not
     * @return the message, if this was its last fragment; else nothing
     * @throws InflationException if the message is larger, or not compressed properly
     */
    byte[] take(byte[] fragment, boolean last, int maxBytes) throws InflationException {
        int before = begun.map(ByteArrayOutputStream::size).orElse(0);
        if (fragment.length > maxBytes - before) {
            throw InflationException.tooLarge(maxBytes);
        }
        if (last && begun.isEmpty()) {
            return inflaters.inflate(fragment, maxBytes);
        }
        ByteArrayOutputStream fragments = begun.orElseGet(ByteArrayOutputStream::new);
        fragments.writeBytes(fragment);
        begun = last ? Optional.empty() : Optional.of(fragments);
        return last ? inflaters.inflate(fragments.toByteArray(), maxBytes) : NOTHING;
    }
}
