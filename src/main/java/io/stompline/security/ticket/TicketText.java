package io.stompline.security.ticket;

import io.stompline.security.Credentials;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A ticket as it is written: {@code ticket~NODE~SECRET}.
 *
 * @param node short name of the node that issued it, 8 hexadecimal digits
 * @param secret 128 random bits, in letters, digits, {@code -} and {@code _}; not in the text form
 */
record TicketText(String node, String secret) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SECRET_BYTES = 16;
    private static final Pattern FORM = Pattern.compile(Credentials.Ticket.PREFIX + "([0-9a-f]{8})~([\\w-]{22})");

    /** A new one of a node. */
    static TicketText next(String node) {
        byte[] secret = new byte[SECRET_BYTES];
        RANDOM.nextBytes(secret);
        return new TicketText(node, Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    }

    /** The ticket that a client shows; empty if the text has not the form of one. */
    static Optional<TicketText> of(Credentials.Ticket shown) {
        Matcher parts = FORM.matcher(shown.text());
        return parts.matches() ? Optional.of(new TicketText(parts.group(1), parts.group(2))) : Optional.empty();
    }

    /** The whole text, which is the secret of its user. */
    String text() {
        return Credentials.Ticket.PREFIX + node + "~" + secret;
    }

    /** Stands for it where it is kept, compared and asked for: SHA-256 of the text, of which nobody finds the text. */
    String fingerprint() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text().getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            // Every Java platform has the algorithm.
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return "ticket of node " + node;
    }
}
