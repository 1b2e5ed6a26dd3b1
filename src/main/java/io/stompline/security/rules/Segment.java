package io.stompline.security.rules;

import io.stompline.routing.Destination;
import io.stompline.security.Caller;
import java.util.Optional;

/** One segment of the destination of a rule. */
sealed interface Segment {
    /** Whether every segment of a destination is meant, also a wildcard. */
    boolean isAny();

    /** The only text that is meant; empty if any is, or if the caller has no such claim: then none is. */
    Optional<String> text(Caller caller);

    /** Whether a segment without wildcards is meant. A name with {@code *} or {@code /} in it equals no segment. */
    default boolean matches(String given, Caller caller) {
        boolean wildcard = given.equals(Destination.ONE) || given.equals(Destination.MANY);
        return isAny() || (!wildcard && text(caller).filter(given::equals).isPresent());
    }

    /** Itself. */
    record Literal(String text) implements Segment {
        @Override
        public boolean isAny() {
            return false;
        }

        @Override
        public Optional<String> text(Caller caller) {
            return Optional.of(text);
        }
    }

    /** {@code *}: any segment. */
    record One() implements Segment {
        @Override
        public boolean isAny() {
            return true;
        }

        @Override
        public Optional<String> text(Caller caller) {
            return Optional.empty();
        }
    }

    /** {@code **}, the last one: any segments from here on, at least one. {@link RulePattern} knows how many. */
    record Many() implements Segment {
        @Override
        public boolean isAny() {
            return true;
        }

        @Override
        public Optional<String> text(Caller caller) {
            return Optional.empty();
        }
    }

    /** {@code {room}}: any segment, which the check of the rule gets under that name. */
    record Variable(String name) implements Segment {
        @Override
        public boolean isAny() {
            return true;
        }

        @Override
        public Optional<String> text(Caller caller) {
            return Optional.empty();
        }
    }

    /** {@code {user}}: the caller's name. */
    record User() implements Segment {
        @Override
        public boolean isAny() {
            return false;
        }

        @Override
        public Optional<String> text(Caller caller) {
            return Optional.of(caller.name());
        }
    }

    /** {@code {claim.tenant}}: that claim of the caller. */
    record Claim(String name) implements Segment {
        @Override
        public boolean isAny() {
            return false;
        }

        @Override
        public Optional<String> text(Caller caller) {
            return Optional.ofNullable(caller.claims().get(name));
        }
    }
}
