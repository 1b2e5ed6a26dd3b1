package io.stompline.security;

/**
 * Why a caller may not do something.
 *
 * @param reason which kind of refusal it is
 * @param detail a sentence for the client, naming the setting where one would help; no internals
 */
public record Refusal(Reason reason, String detail) {
    /** Kinds of refusals. */
    public enum Reason {
        /** The caller has no right to it. */
        FORBIDDEN,
        /** The caller has reached a limit. */
        LIMIT
    }
}
