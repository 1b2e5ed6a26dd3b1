package io.stompline.config;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds what somebody meant who mistyped a name. */
public final class Nearest {
    private Nearest() {}

    /** The known name that is most like a mistyped one; empty if there is none. */
    public static Optional<String> of(String mistyped, Stream<String> known) {
        return known.min(Comparator.comparingInt(name -> distance(name, mistyped)));
    }

    /** Levenshtein: how many characters to insert, delete or replace. */
    private static int distance(String one, String other) {
        int[] costs = new int[other.length() + 1];
        Arrays.setAll(costs, column -> column);
        for (int row = 1; row <= one.length(); row++) {
            int diagonal = costs[0];
            costs[0] = row;
            for (int column = 1; column <= other.length(); column++) {
                int replaced = diagonal + (one.charAt(row - 1) == other.charAt(column - 1) ? 0 : 1);
                diagonal = costs[column];
                costs[column] = Math.min(replaced, 1 + Math.min(costs[column], costs[column - 1]));
            }
        }
        return costs[other.length()];
    }
}
