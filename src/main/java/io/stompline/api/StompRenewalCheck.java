package io.stompline.api;

/**
 * Decides whether a connection may go on with a new token, which a client sends to {@code /app/stompline/token}. Each
 * CDI bean that implements this is asked, when the token was found good and of the same user; all have to permit it.
 *
 * <p>Called once for a renewal, on a thread of that connection: it may ask a database, and holds up that connection
 * only. Must be thread-safe.
 */
@FunctionalInterface
public interface StompRenewalCheck {
    /**
     * Decides on one renewal.
     *
     * @param before the user as the former token says
     * @param after the same user as the new token says
     * @return whether the new token counts from now on; if not, or after an exception, the renewal is refused as for a
     *     token that is no good
     */
    boolean permits(StompCaller before, StompCaller after);
}
