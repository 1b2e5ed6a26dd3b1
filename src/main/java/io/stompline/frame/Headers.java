package io.stompline.frame;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * The headers of one frame, in the order of the wire, values unescaped.
 *
 * <p>A name may stand several times; the first one counts (STOMP 1.2, "Repeated Header Entries"). Immutable.
 */
public final class Headers {
    private static final Headers NONE = new Headers(List.of());

    /** Name and value in turn. */
    private final List<String> entries;

    private Headers(List<String> entries) {
        this.entries = entries;
    }

    /** No headers at all. */
    public static Headers none() {
        return NONE;
    }

    /**
     * Headers from names and values in turn.
     *
     * @throws IllegalArgumentException if a name has no value
     */
    public static Headers of(String... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException("a header name without a value");
        }
        return new Headers(List.of(namesAndValues));
    }

    /** The value of the first header of that name. */
    public Optional<String> first(String name) {
        for (int i = 0; i < entries.size(); i += 2) {
            if (entries.get(i).equals(name)) {
                return Optional.of(entries.get(i + 1));
            }
        }
        return Optional.empty();
    }

    /** Whether a header of that name is there, whatever its value. */
    public boolean has(String name) {
        return first(name).isPresent();
    }

    /** How many header lines there are, repeated ones included. */
    public int size() {
        return entries.size() / 2;
    }

    /** Visits every header line in order, repeated ones included. */
    public void forEach(BiConsumer<String, String> visitor) {
        for (int i = 0; i < entries.size(); i += 2) {
            visitor.accept(entries.get(i), entries.get(i + 1));
        }
    }

    /** The lines whose name is accepted, each name once: its first line. */
    public Headers firstOfEach(Predicate<String> accepted) {
        Builder kept = new Builder();
        forEach((name, value) -> {
            if (accepted.test(name) && !kept.has(name)) {
                kept.add(name, value);
            }
        });
        return kept.build();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Headers headers && entries.equals(headers.entries);
    }

    @Override
    public int hashCode() {
        return entries.hashCode();
    }

    /** Names only: a value may be a secret. */
    @Override
    public String toString() {
        List<String> names = new ArrayList<>();
        forEach((name, value) -> names.add(name));
        return names.toString();
    }

    /** Collects header lines in order. One thread at a time. */
    public static final class Builder {
        private final List<String> entries = new ArrayList<>();

        /** Appends one header line. */
        public Builder add(String name, String value) {
            entries.add(name);
            entries.add(value);
            return this;
        }

        /** Appends one header line if there is a value. */
        public Builder add(String name, Optional<String> value) {
            value.ifPresent(present -> add(name, present));
            return this;
        }

        /** Appends every line of {@code more}. */
        public Builder addAll(Headers more) {
            entries.addAll(more.entries);
            return this;
        }

        /** Whether a line of that name was added. */
        public boolean has(String name) {
            for (int i = 0; i < entries.size(); i += 2) {
                if (entries.get(i).equals(name)) {
                    return true;
                }
            }
            return false;
        }

        /** How many lines were added. */
        public int size() {
            return entries.size() / 2;
        }

        /** The headers that were added so far. */
        public Headers build() {
            return entries.isEmpty() ? NONE : new Headers(List.copyOf(entries));
        }
    }
}
