package io.stompline.security.quota;

/**
 * Why something is too much.
 *
 * @param of whose limit it is
 * @param detail a sentence for the client, naming the setting
 */
public record Excess(Owner of, String detail) {
    /** Whose limit it is. */
    public enum Owner {
        /** The user's own. */
        USER,
        /** The message broker's, which all share: later it may pass. */
        BROKER
    }
}
