package io.stompline.http;

import io.stompline.gateway.ConnectionIds;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/** What shows that a request is of the client that opened a session: 128 random bits. */
final class Secret {
    /** The header that it travels in, never in a path, a query or a log. */
    static final String HEADER = "Stompline-Secret";

    private final String text = ConnectionIds.next();

    /** For the client alone. */
    String text() {
        return text;
    }

    /** Whether a client showed it; takes the same time whatever it showed. */
    boolean is(Optional<String> shown) {
        byte[] given = shown.orElse("").getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(text.getBytes(StandardCharsets.UTF_8), given);
    }
}
