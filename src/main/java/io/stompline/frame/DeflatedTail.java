package io.stompline.frame;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * The end of frames for many receivers, deflated when the first of them needs it and once for all. Thread-safe; a
 * receiver waits while another one's thread deflates.
 */
public final class DeflatedTail {
    /** Of a frame that goes out as it is. */
    public static final DeflatedTail NONE = new DeflatedTail(Optional::empty);

    private static final byte[] NOTHING = new byte[0];

    private final Supplier<Optional<byte[]>> deflation;

    /** Null until it is deflated, nothing if that is not worth while. */
    private volatile byte[] octets;

    /**
     * An end that is not deflated yet.
     *
     * @param deflation makes blocks of DEFLATE (RFC 1951) that begin and end with an octet, without {@link
     *     DeflatedFrames#FLUSH}; empty if the frame had better go out as it is. Called once
     */
    public DeflatedTail(Supplier<Optional<byte[]>> deflation) {
        this.deflation = deflation;
    }

    /** Whether there is a deflated form. */
    boolean isThere() {
        return octets().length > 0;
    }

    /** The blocks; nothing if there is no deflated form. Not to be written to. */
    byte[] octets() {
        byte[] known = octets;
        return known == null ? deflate() : known;
    }

    private synchronized byte[] deflate() {
        if (octets == null) {
            octets = deflation.get().orElse(NOTHING);
        }
        return octets;
    }
}
