package io.stompline.api;

import java.util.Map;
import java.util.Set;

/**
 * The user of a connection, as an access check sees it.
 *
 * @param name the principal's name
 * @param roles groups or roles, as far as known
 * @param claims what else the credentials say of the user, by name
 */
public record StompCaller(String name, Set<String> roles, Map<String, String> claims) {}
