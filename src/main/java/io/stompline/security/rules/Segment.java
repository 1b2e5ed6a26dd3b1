package io.stompline.security.rules;

import io.stompline.routing.Destination;
import io.stompline.security.Caller;
import java.util.Optional;

/** One segment of the destination of a rule. */
sealed interface Segment {
    /** Whether a segment without wildcards is meant. A name with {@code *} or {@code /} in it equals no segment. */
    boolean matches(String given, Caller caller);

    /** Whether there is a segment that is meant. */
    boolean isPossible(Caller caller);

    /** Means every segment of a destination, also a wildcard. */
    sealed interface Any extends Segment {
        @Override
        default boolean matches(String given, Caller caller) {
            return true;
        }

        @Override
        default boolean isPossible(Caller caller) {
            return true;
        }
    }

    /** Means one text. */
    sealed interface Exact extends Segment {
        /** The text; empty if the caller has no such claim: then no segment is meant. */
        Optional<String> text(Caller caller);

        @Override
        default boolean matches(String given, Caller caller) {
            boolean wildcard = given.equals(Destination.ONE) || given.equals(Destination.MANY);
            return !wildcard && text(caller).filter(given::equals).isPresent();
        }

        @Override
        default boolean isPossible(Caller caller) {
            return text(caller).isPresent();
        }
    }

    /** {@code *}: any segment. */
    record One() implements Any {}

    /** {@code **}, the last one: any segments from here on, at least one. {@link RulePattern} knows how many. */
    record Many() implements Any {}

    /** {@code {room}}: any segment, which the check of the rule gets under that name. */
    record Variable(String name) implements Any {}

    /** Itself. */
    record Literal(String text) implements Exact {
        @Override
        public Optional<String> text(Caller caller) {
            return Optional.of(text);
        }
    }

    /** {@code {user}}: the caller's name. */
    record User() implements Exact {
        @Override
        public Optional<String> text(Caller caller) {
            return Optional.of(caller.name());
        }
    }

    /** {@code {claim.tenant}}: that claim of the caller. */
    record Claim(String name) implements Exact {
        @Override
        public Optional<String> text(Caller caller) {
            return Optional.ofNullable(caller.claims().get(name));
        }
    }
}
