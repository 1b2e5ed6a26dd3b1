package io.stompline.security;

import java.util.Set;

/**
 * Who is on the other side of a connection.
 *
 * @param name the principal's name; never empty
 * @param groups groups or roles as far as known
 */
public record Caller(String name, Set<String> groups) {
    /** A caller of whom only the name is known. */
    public static Caller named(String name) {
        return new Caller(name, Set.of());
    }
}
