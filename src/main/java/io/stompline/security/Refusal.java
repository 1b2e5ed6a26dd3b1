package io.stompline.security;

import java.util.Optional;

/**
 * Why a caller may not do something.
 *
 * @param reason which kind of refusal it is
 * @param detail a sentence for the client, naming the setting where one would help; no internals
 * @param hint what the log says besides, for who runs the server; empty if nothing
 */
public record Refusal(Reason reason, String detail, Optional<String> hint) {
    /** A refusal of which the log says no more than the client is told. */
    public Refusal(Reason reason, String detail) {
        this(reason, detail, Optional.empty());
    }

    /** Kinds of refusals. */
    public enum Reason {
        /** The caller has no right to it. */
        FORBIDDEN,
        /** The caller has reached a limit. */
        LIMIT
    }
}
