package io.stompline.bounds;

/** Words of strangers as they may stand in a log or an error: no line breaks, nothing that a terminal obeys. */
public final class Printable {
    /** Longer than any origin that a browser sends: a host has at most 253 characters. */
    private static final int MAX_HOST_CHARS = 300;

    private Printable() {}

    /** All of it; a question mark for each character that is not printable. */
    public static String of(String words) {
        return words.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "?");
    }

    /** The name of a host or an origin: no more than 300 characters, and of these only ASCII. */
    public static String host(String words) {
        return words.substring(0, Math.min(words.length(), MAX_HOST_CHARS)).replaceAll("[^ -~]", "?");
    }
}
