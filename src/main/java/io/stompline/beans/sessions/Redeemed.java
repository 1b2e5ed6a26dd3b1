package io.stompline.beans.sessions;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.stompline.beans.publishing.Json;
import io.stompline.security.Caller;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The caller that a ticket is for, as one node tells another. What a node of another version leaves out is none.
 *
 * @param expires when the credentials end for which the ticket was issued
 * @param byToken whether they are a token
 */
record Redeemed(
        String name, Set<String> roles, Map<String, String> claims, Optional<Instant> expires, boolean byToken) {
    private static final System.Logger LOG = System.getLogger(Redeemed.class.getName());

    /** As the header lines of an HTTP request, from which a caller of the container comes. */
    static final int MAX_CHARS = 64 * 1024;

    /** Jackson 2.22 gives null for what is left out. */
    Redeemed {
        roles = roles == null ? Set.of() : roles;
        claims = claims == null ? Map.of() : claims;
        expires = expires == null ? Optional.empty() : expires;
    }

    /** @throws IllegalStateException if another node would not take the caller, who is too large */
    static void checkSize(Caller caller) {
        int chars = write(caller).length();
        if (chars > MAX_CHARS) {
            throw new IllegalStateException("no ticket is issued: the name, roles and claims of its user have " + chars
                    + " characters, at most " + MAX_CHARS + " are allowed");
        }
    }

    /** As JSON. */
    static String write(Caller caller) {
        try {
            return Json.OURS.writeValueAsString(
                    new Redeemed(caller.name(), caller.groups(), caller.claims(), caller.expires(), caller.byToken()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The caller of an answer; nobody if it is empty, too long or no such JSON. */
    static Optional<Caller> read(String json) {
        if (json.isEmpty()) {
            return Optional.empty();
        }
        if (json.length() > MAX_CHARS) {
            LOG.log(System.Logger.Level.WARNING, "another node sent an answer of " + json.length() + " characters");
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(Json.OURS.readValue(json, Redeemed.class))
                    .map(read -> new Caller(
                            read.name(),
                            Set.copyOf(read.roles()),
                            Map.copyOf(read.claims()),
                            read.expires(),
                            read.byToken()));
        } catch (JsonProcessingException e) {
            LOG.log(System.Logger.Level.WARNING, "another node sent an answer that this one cannot read", e);
            return Optional.empty();
        }
    }
}
