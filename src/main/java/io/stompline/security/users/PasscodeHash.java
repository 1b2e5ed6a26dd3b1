package io.stompline.security.users;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The hash of a passcode, as text {@code $pbkdf2-sha512$v=1$i=ITERATIONS$SALT$KEY}, salt and key in Base64 without
 * padding. Immutable.
 */
final class PasscodeHash {
    /** The least for PBKDF2 with HMAC-SHA-512 by OWASP's "Password Storage Cheat Sheet". */
    static final int ITERATIONS = 210_000;

    /** Some ten seconds. */
    static final int MAX_ITERATIONS = 10_000_000;

    private static final int SALT_BYTES = 16;
    private static final int MAX_SALT_BYTES = 64;
    private static final String ALGORITHM = "$pbkdf2-sha512$v=1$";
    private static final Pattern FORM =
            Pattern.compile(Pattern.quote(ALGORITHM) + "i=(\\d{1,9})\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Base64.Encoder ENCODER = Base64.getEncoder().withoutPadding();

    private final int iterations;
    private final byte[] salt;
    private final byte[] key;

    private PasscodeHash(int iterations, byte[] salt, byte[] key) {
        this.iterations = iterations;
        this.salt = salt;
        this.key = key;
    }

    /** The hash of a passcode, with a new salt. */
    static PasscodeHash of(String passcode) {
        byte[] salt = random(SALT_BYTES);
        return new PasscodeHash(ITERATIONS, salt, KeyDerivation.PBKDF2.derive(passcode, salt, ITERATIONS));
    }

    /** A hash that no passcode is known to have. */
    static PasscodeHash ofNothing(int iterations) {
        return new PasscodeHash(iterations, random(SALT_BYTES), random(KeyDerivation.KEY_BYTES));
    }

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException saying what is wrong, without what stands there
     */
    static PasscodeHash parse(String text) {
        if (!text.startsWith(ALGORITHM)) {
            throw new IllegalArgumentException("the hash must begin with " + ALGORITHM);
        }
        Matcher found = FORM.matcher(text);
        if (!found.matches()) {
            throw new IllegalArgumentException("a hash is: " + ALGORITHM + "i=ITERATIONS$SALT$KEY");
        }
        int iterations = Integer.parseInt(found.group(1));
        if (iterations < ITERATIONS || iterations > MAX_ITERATIONS) {
            throw new IllegalArgumentException(
                    "the hash must have " + ITERATIONS + " to " + MAX_ITERATIONS + " iterations");
        }
        byte[] salt = bytes(found.group(2));
        if (salt.length < SALT_BYTES || salt.length > MAX_SALT_BYTES) {
            throw new IllegalArgumentException(
                    "the salt must have " + SALT_BYTES + " to " + MAX_SALT_BYTES + " octets");
        }
        byte[] key = bytes(found.group(3));
        if (key.length != KeyDerivation.KEY_BYTES) {
            throw new IllegalArgumentException("the key must have " + KeyDerivation.KEY_BYTES + " octets");
        }
        return new PasscodeHash(iterations, salt, key);
    }

    int iterations() {
        return iterations;
    }

    /**
     * Whether the passcode is right. Takes as long as so many iterations do, however many this hash has.
     *
     * @param atLeast iterations
     */
    boolean matches(String passcode, int atLeast, KeyDerivation derivation) {
        byte[] shown = derivation.derive(passcode, salt, iterations);
        if (atLeast > iterations) {
            byte[] unused = derivation.derive(passcode, salt, atLeast - iterations);
        }
        return MessageDigest.isEqual(shown, key);
    }

    /** The text form. */
    String text() {
        return ALGORITHM + "i=" + iterations + "$" + ENCODER.encodeToString(salt) + "$" + ENCODER.encodeToString(key);
    }

    /** Not the text form, which is a secret. */
    @Override
    public String toString() {
        return "hash of a passcode";
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    private static byte[] bytes(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            // One character too many: what the decoder says of it may show a part of the hash.
            throw new IllegalArgumentException("salt and key must be Base64 without padding");
        }
    }
}
