package io.stompline.security.proxy;

import java.util.Optional;

/**
 * Where a request comes from, as far as known.
 *
 * @param address of the client, in numbers
 * @param host as the client named it, with the port unless it is that of the scheme
 * @param secure whether the client spoke TLS
 */
public record RequestSource(String address, Optional<String> host, boolean secure) {}
