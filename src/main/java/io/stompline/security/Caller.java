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
 * @param byToken whether they are a token, which a newer one may replace, and no certificate or passcode
 */
public record Caller(
        String name, Set<String> groups, Map<String, String> claims, Optional<Instant> expires, boolean byToken) {
    /** A caller who has shown no token. */
    public Caller(String name, Set<String> groups, Map<String, String> claims, Optional<Instant> expires) {
        this(name, groups, claims, expires, false);
    }

    /** A caller whose credentials do not end. */
    public Caller(String name, Set<String> groups) {
        this(name, groups, Map.of(), Optional.empty());
    }

    /** The caller that a token speaks of. */
    public static Caller ofToken(String name, Set<String> groups, Map<String, String> claims, Instant expires) {
        return new Caller(name, groups, claims, Optional.of(expires), true);
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
