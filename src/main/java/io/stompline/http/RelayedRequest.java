package io.stompline.http;

import io.stompline.frame.Body;
import java.util.Optional;

/**
 * A request that came to another node than the one of its session.
 *
 * @param session as the client calls it
 * @param number of octets or of a batch, as the query has it
 * @param secret that the client showed
 * @param user whom the container knows
 * @param octets the body
 */
record RelayedRequest(
        String session,
        SessionPath.Deed deed,
        long number,
        Optional<String> secret,
        Optional<String> user,
        Body octets) {
    /** Without what is secret. */
    @Override
    public String toString() {
        return deed + " " + number + " of " + session;
    }
}
