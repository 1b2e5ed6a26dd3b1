package io.stompline.security.rules;

import io.stompline.routing.Destination;
import io.stompline.security.Caller;
import java.util.Optional;

/** One segment of the destination of a rule. */
sealed interface Segment {
    /** Itself. */
    record Literal(String text) implements Segment {}

    /** {@code *}: any segment. */
    record One() implements Segment {}

    /** {@code **}, the last one: any segments from here on, at least one. */
    record Many() implements Segment {}

    /** {@code {room}}: any segment, which the check of the rule gets under that name. */
    record Variable(String name) implements Segment {}

    /** {@code {user}}: the caller's name. */
    record User() implements Segment {}

    /** {@code {claim.tenant}}: that claim of the caller. */
    record Claim(String name) implements Segment {}

    /** Whether every segment of a destination is meant, also a wildcard. */
    default boolean isAny() {
        return this instanceof One || this instanceof Variable;
    }

    /** The only text that is meant; empty if any is, or if the caller has no such claim: then none is. */
    default Optional<String> text(Caller caller) {
        if (this instanceof Literal literal) {
            return Optional.of(literal.text());
        }
        if (this instanceof Claim claim) {
            return Optional.ofNullable(caller.claims().get(claim.name()));
        }
        return this instanceof User ? Optional.of(caller.name()) : Optional.empty();
    }

    /** Whether a segment without wildcards is meant. A name with {@code *} or {@code /} in it equals no segment. */
    default boolean matches(String given, Caller caller) {
        boolean wildcard = given.equals(Destination.ONE) || given.equals(Destination.MANY);
        return isAny() || (!wildcard && text(caller).filter(given::equals).isPresent());
    }
}
