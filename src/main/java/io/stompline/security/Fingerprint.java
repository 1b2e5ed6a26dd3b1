package io.stompline.security;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tells passcodes and tickets apart without keeping them: HMAC-SHA-256 with a key of this process, cut to 64 bits.
 * Thread-safe.
 */
final class Fingerprint {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;

    private final SecretKeySpec key;

    Fingerprint() {
        byte[] secret = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(secret);
        key = new SecretKeySpec(secret, ALGORITHM);
    }

    /** The fingerprint of a login with a passcode. */
    long of(Credentials.Passcode shown) {
        return of(shown.login(), shown.passcode());
    }

    /** The fingerprint of a ticket. */
    long of(Credentials.Ticket shown) {
        return of("", shown.text());
    }

    private long of(String login, String secret) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(login.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return ByteBuffer.wrap(mac.doFinal(secret.getBytes(StandardCharsets.UTF_8)))
                    .getLong();
        } catch (GeneralSecurityException e) {
            // Every Java platform has the algorithm.
            throw new IllegalStateException(e);
        }
    }
}
