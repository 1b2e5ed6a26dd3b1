package io.stompline.security.rules;

import io.stompline.api.StompAccessCheck;
import io.stompline.routing.Destination;
import io.stompline.security.Caller;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The rules of who may send to, and subscribe to, which destinations. The order of the rules does not matter: a rule
 * that denies wins, and what no rule allows is denied. A subscription with wildcards is allowed if one rule allows all
 * that it can match, and none denies a part. Immutable.
 *
 * <p>A unit test asks it without a server:
 *
 * <pre>{@code
 * RuleBook rules = RuleBook.parse(Files.readString(Path.of("src/main/resources/META-INF/stompline.rules")), name ->
 *         Optional.of((who, variables) -> variables.get("room").equals("7")));
 * assertTrue(rules.permits(new Caller("ann", Set.of("user")), Deed.SUBSCRIBE, "/topic/rooms/7"));
 * }</pre>
 */
public final class RuleBook {
    private final List<Rule> rules;

    RuleBook(List<Rule> rules) {
        this.rules = List.copyOf(rules);
    }

    /**
     * Reads rules, one to a line; {@code #} begins a comment.
     *
     * @param checks the check of each name that the rules ask; empty if there is none
     * @throws IllegalArgumentException whose message has a line for each faulty rule, with its number
     */
    public static RuleBook parse(String text, Function<String, Optional<StompAccessCheck>> checks) {
        return new RuleReader(checks).read(text);
    }

    /**
     * Whether a caller may do something.
     *
     * @param destination as in a frame, with wildcards where a subscription may have them
     * @throws IllegalArgumentException if it is no destination
     */
    public boolean permits(Caller caller, Deed deed, String destination) {
        return permits(
                caller,
                deed,
                Destination.parse(destination)
                        .orElseThrow(() -> new IllegalArgumentException(destination + " is no destination")));
    }

    /** Whether a caller may do something. */
    boolean permits(Caller caller, Deed deed, Destination destination) {
        return verdict(caller, deed, destination).permitted();
    }

    /**
     * What rules say.
     *
     * @param permitted whether the caller may do it
     * @param denying the rule that denies it; empty if none does
     */
    record Verdict(boolean permitted, Optional<Rule> denying) {}

    /** What the rules say of a deed. */
    Verdict verdict(Caller caller, Deed deed, Destination destination) {
        Optional<Rule> denying = rules.stream()
                .filter(rule -> rule.denies(caller, deed, destination))
                .findFirst();
        boolean permitted =
                denying.isEmpty() && rules.stream().anyMatch(rule -> rule.allows(caller, deed, destination));
        return new Verdict(permitted, denying);
    }

    /**
     * Why a rule does not allow what is refused, for those who wrote it: first one that is for this user.
     *
     * @param source where the rules are
     */
    Optional<String> nearMiss(Caller caller, Deed deed, Destination destination, String source) {
        return rules.stream()
                .sorted(Comparator.comparing(rule -> !rule.who().includes(caller)))
                .flatMap(rule -> rule
                        .nearMiss(caller, deed, destination)
                        .map(what -> "\"" + rule.text() + "\" in " + source + " " + what)
                        .stream())
                .findFirst();
    }

    /** The narrowest rule that would allow it; empty if none can, as for a user with a blank in the name. */
    static Optional<String> lineFor(Caller caller, Deed deed, Destination destination) {
        String line = "allow user:" + caller.name() + " " + deed.word() + " " + destination;
        try {
            return parse(line, name -> Optional.empty()).permits(caller, deed, destination)
                    ? Optional.of(line)
                    : Optional.empty();
        } catch (IllegalArgumentException noRule) {
            return Optional.empty();
        }
    }

    /**
     * Whether a rule allows anybody a part of it.
     *
     * @param destination with wildcards where any name may stand
     */
    public boolean opens(Deed deed, Destination destination) {
        return rules.stream().anyMatch(rule -> rule.opens(deed, destination));
    }

    /** The rules that open a destination {@code /app/…} that no handler has: the line of each, and the destination. */
    public List<String> idle(List<Handled> handled) {
        return rules.stream()
                .filter(rule -> rule.isIdle(handled))
                .map(rule -> rule.line() + " opens " + rule.destinations())
                .toList();
    }

    /** Whether a rule asks a check of the application, which may answer otherwise another time. */
    boolean haveChecks() {
        return rules.stream().anyMatch(rule -> rule.check().isPresent());
    }

    /** The roles that the rules name. */
    public Set<String> roles() {
        return rules.stream().flatMap(rule -> rule.who().role().stream()).collect(Collectors.toUnmodifiableSet());
    }

    /** The rules as they are understood, one text each, in the order of the file. */
    public List<String> table() {
        return rules.stream().map(Rule::text).toList();
    }
}
