package io.stompline.security;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The user on the other side of a connection.
 *
 * @param name the principal's name; never empty
 * @param groups groups or roles as far as known
 * @param claims further facts of the credentials about the caller, by name
 * @param expires when the credentials end, and with them the connection; empty if they do not
 */
public record Caller(String name, Set<String> groups, Map<String, String> claims, Optional<Instant> expires) {
    /** A caller whose credentials do not end. */
    public Caller(String name, Set<String> groups) {
        this(name, groups, Map.of(), Optional.empty());
    }

    /** A caller with a name only. */
    public static Caller named(String name) {
        return new Caller(name, Set.of());
    }

    /** Whether the credentials have ended at that time. */
    public boolean isExpired(Instant now) {
        return expires.filter(end -> !now.isBefore(end)).isPresent();
    }
}
