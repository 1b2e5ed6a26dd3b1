package io.stompline.frame;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The receipt that a malformed frame asks for behind the line that is at fault, for the ERROR to name (STOMP 1.2,
 * "ERROR").
 */
final class LateReceipt {
    private static final String START = "receipt:";

    private LateReceipt() {}

    /**
     * Looks through the header lines that have come.
     *
     * @param fault where the line at fault begins
     * @param version whose escapes to undo
     * @return nothing if there is no such header, or not all of it, or it is malformed as well
     */
    static Optional<String> find(byte[] bytes, int fault, int end, Version version) {
        int nul = fault;
        while (nul < end && bytes[nul] != 0) {
            nul++;
        }
        String[] lines = new String(bytes, fault, nul - fault, StandardCharsets.UTF_8).split("\r?\n", -1);
        // The text after the last end of line may be incomplete.
        for (int i = 1; i < lines.length - 1 && !lines[i].isEmpty(); i++) {
            if (lines[i].startsWith(START)) {
                return unescaped(lines[i].substring(START.length()), version);
            }
        }
        return Optional.empty();
    }

    private static Optional<String> unescaped(String value, Version version) {
        try {
            return Optional.of(Escapes.unescape(value, version));
        } catch (MalformedFrameException e) {
            return Optional.empty();
        }
    }
}
