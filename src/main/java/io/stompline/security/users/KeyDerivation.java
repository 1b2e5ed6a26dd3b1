package io.stompline.security.users;

import java.security.GeneralSecurityException;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** Derives a key from a passcode, slowly. Thread-safe. */
@FunctionalInterface
interface KeyDerivation {
    /** Length of a key: that of one block of SHA-512, since a longer one costs the server more than an attacker. */
    int KEY_BYTES = 64;

    /** PBKDF2 with HMAC-SHA-512 (RFC 8018, 5.2). */
    KeyDerivation PBKDF2 = (passcode, salt, iterations) -> {
        PBEKeySpec spec = new PBEKeySpec(passcode.toCharArray(), salt, iterations, KEY_BYTES * Byte.SIZE);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform from 8 on has PBKDF2WithHmacSHA512", e);
        } finally {
            spec.clearPassword();
        }
    };

    /**
     * Derives the key.
     *
     * @param iterations rounds, on which the time depends
     */
    byte[] derive(String passcode, byte[] salt, int iterations);
}
