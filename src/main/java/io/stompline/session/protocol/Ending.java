package io.stompline.session.protocol;

import io.stompline.bounds.Printable;
import java.time.Duration;
import java.util.Optional;

/**
 * Why and how a connection ends.
 *
 * @param sentence for the log and for listeners
 * @param cause what only the log says
 * @param refused whether the client was refused something, of which the audit tells
 * @param slow whether the client did not read fast enough
 * @param closeStatus that the transport is closed with
 * @param closeReason that the transport is closed with
 * @param linger how long the client may take to close first
 */
public record Ending(
        String sentence,
        Optional<Throwable> cause,
        boolean refused,
        boolean slow,
        CloseStatus closeStatus,
        String closeReason,
        Duration linger) {
    /**
     * A client that has its receipt for DISCONNECT closes the socket, and so does this side. Where both do at a time,
     * Grizzly (seen in 4.0.2) now and then gives one request object to two connections; so the client may go first.
     */
    private static final Duration DISCONNECT_LINGER = Duration.ofMillis(150);

    /** An end without an ERROR frame. */
    public static Ending of(CloseCause cause) {
        Duration linger = cause == CloseCause.DISCONNECT ? DISCONNECT_LINGER : Duration.ZERO;
        return new Ending(cause.reason(), Optional.empty(), false, false, cause.status(), cause.reason(), linger);
    }

    /**
     * The end without an ERROR frame of a server that stops.
     *
     * @param retryAfter when the client should come again; pages look for it in the reason
     */
    public static Ending ofStop(Duration retryAfter) {
        String reason = "the server restarts; retry after " + retryAfter.toMillis() + " ms";
        return new Ending(
                "the server stops", Optional.empty(), false, false, CloseStatus.RESTART, reason, Duration.ZERO);
    }

    /** An end with an ERROR frame. */
    public static Ending of(StompError error, String detail, Optional<Throwable> cause) {
        return new Ending(
                error.sentence() + ": " + detail,
                cause,
                error.isRefusal(),
                error == StompError.SLOW_CONSUMER,
                error.closeStatus(),
                error.sentence(),
                Duration.ZERO);
    }

    /** Everything there is to say in the log, in one line. */
    public String forLog() {
        String text = sentence + cause.map(why -> " (" + why + ")").orElse("");
        return Printable.of(text);
    }
}
