package io.stompline.deflate;

/** Octets of a client cannot be inflated, or not within the bound. */
public final class InflationException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean tooLarge;

    private InflationException(String message, boolean tooLarge) {
        super(message);
        this.tooLarge = tooLarge;
    }

    static InflationException malformed(String fault) {
        return new InflationException(fault, false);
    }

    /** They are more than so many, before or after. */
    public static InflationException tooLarge(int maxBytes) {
        return new InflationException("more than " + maxBytes + " octets", true);
    }

    /** Whether they are more than the bound, not malformed. */
    public boolean isTooLarge() {
        return tooLarge;
    }
}
