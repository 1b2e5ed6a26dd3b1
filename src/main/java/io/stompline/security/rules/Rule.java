package io.stompline.security.rules;

import io.stompline.api.StompAccessCheck;
import io.stompline.api.StompCaller;
import io.stompline.routing.Destination;
import io.stompline.security.Caller;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One line of a file of rules.
 *
 * @param line its number in the file, from 1 on
 * @param text the line without comment and needless blanks
 * @param allows {@code false} if it denies
 * @param who whom it is about
 * @param deeds what it is about
 * @param pattern which destinations it is about
 * @param check what is asked besides; empty if nothing
 */
record Rule(
        int line,
        String text,
        boolean allows,
        Who who,
        Set<Deed> deeds,
        RulePattern pattern,
        Optional<StompAccessCheck> check) {
    /** What Stompline handles by itself: {@code /app/stompline/token}. */
    private static final String OURS = "stompline";

    /** The place of the destination among the words. */
    private static final int DESTINATION = 3;

    private static final System.Logger LOG = System.getLogger(Rule.class.getName());

    /** Whether it allows the whole of what is asked. A check knows nothing of wildcards, so that it allows none. */
    boolean allows(Caller caller, Deed deed, Destination destination) {
        return allows
                && isAbout(caller, deed)
                && pattern.covers(destination, caller)
                && check.map(asked -> !destination.isPattern() && permits(asked, caller, destination))
                        .orElse(true);
    }

    /** Whether it may allow somebody a part of what is asked. */
    boolean opens(Deed deed, Destination destination) {
        return allows && deeds.contains(deed) && pattern.overlapsForSomebody(destination);
    }

    /**
     * Whether it names a destination of handlers that none of these has. One without a name, such as {@code /app/**},
     * is for all that there may be.
     */
    boolean isIdle(List<Handled> handled) {
        return allows
                && pattern.kind() == Destination.Kind.APP
                && pattern.segments().get(0) instanceof Segment.Literal first
                && !first.text().equals(OURS)
                && handled.stream().noneMatch(handler -> opens(handler.deed(), handler.destination()));
    }

    /** The destinations that it is about, as it is written. */
    String destinations() {
        return List.of(text.split(" ", -1)).get(DESTINATION);
    }

    /** Whether it denies a part of what is asked. What a check would say of a wildcard is not known: it denies. */
    boolean denies(Caller caller, Deed deed, Destination destination) {
        return !allows
                && isAbout(caller, deed)
                && pattern.overlaps(destination, caller)
                && check.map(asked -> destination.isPattern() || permits(asked, caller, destination))
                        .orElse(true);
    }

    /** What it lacks to allow what is refused, as the end of a sentence; empty if it is about something else. */
    Optional<String> nearMiss(Caller caller, Deed deed, Destination destination) {
        if (!allows || !deeds.contains(deed) || !pattern.covers(destination, caller)) {
            return Optional.empty();
        }
        if (!who.includes(caller)) {
            return Optional.of("is not for this user");
        }
        return Optional.of(
                destination.isPattern() ? "allows no wildcards, because it has a check" : "has a check that says no");
    }

    private boolean isAbout(Caller caller, Deed deed) {
        return deeds.contains(deed) && who.includes(caller);
    }

    /** The answer of the check; if it fails, the one that leads to a refusal, whatever other rules say. */
    private boolean permits(StompAccessCheck asked, Caller caller, Destination destination) {
        try {
            return asked.permits(
                    new StompCaller(caller.name(), caller.groups(), caller.claims()), pattern.variables(destination));
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "a check failed, which counts as a refusal: " + text, e);
            return !allows;
        }
    }
}
