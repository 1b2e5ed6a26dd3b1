package io.stompline.frame;

/** Decides which frames go out deflated. Thread-safe. */
@FunctionalInterface
public interface Deflation {
    /** Every frame goes out as it is. */
    Deflation NONE = (destination, headers, tail) -> DeflatedTail.NONE;

    /**
     * The deflated form of the end of MESSAGE frames. Does not deflate yet.
     *
     * @param destination as receivers know it
     * @param headers of the message
     * @param tail the end of its frames; shared, not copied
     */
    DeflatedTail of(String destination, Headers headers, byte[] tail);
}
