package io.stompline.gateway;

import java.security.SecureRandom;
import java.util.Base64;

/** Makes the ids of sessions. Thread-safe. */
public final class ConnectionIds {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int ID_BYTES = 16;

    private ConnectionIds() {}

    /** A new id of 128 random bits, which cannot be guessed, in letters, digits, {@code -} and {@code _}. */
    public static String next() {
        byte[] id = new byte[ID_BYTES];
        RANDOM.nextBytes(id);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(id);
    }
}
