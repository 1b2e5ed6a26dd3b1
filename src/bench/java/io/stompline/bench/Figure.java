package io.stompline.bench;

import java.util.Locale;

/**
 * A number that only some scenarios have.
 *
 * @param unit may be empty
 */
record Figure(String name, double value, String unit) {
    /** What it is the number of, for the head of a row. */
    String label() {
        return unit.isEmpty() ? name : name + ", " + unit;
    }

    /** The number, with as many digits as it is worth. */
    String number() {
        double size = Math.abs(value);
        String format = size >= 100 || value == Math.rint(value) ? "%,.0f" : size >= 1 ? "%.1f" : "%.3f";
        return String.format(Locale.ROOT, format, value);
    }

    @Override
    public String toString() {
        return (name + " " + number() + " " + unit).strip();
    }
}
