package io.stompline.security.rules;

import io.stompline.routing.Destination;
import io.stompline.security.AccessControl;
import io.stompline.security.Action;
import io.stompline.security.Caller;
import io.stompline.security.Refusal;
import jakarta.enterprise.inject.Vetoed;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Asks the rules, then the application's own access control. Thread-safe; may block as long as the checks do.
 *
 * <p>Not asked for {@code /temp-queue/}: the server makes such an address, nobody can guess it, and who has it was
 * given it in a {@code reply-to}.
 *
 * @param rules what callers may do
 * @param source where the rules are
 * @param handled what the application handles
 * @param next asked for what the rules allow
 */
@Vetoed
public record RuledAccess(RuleBook rules, Source source, List<Handled> handled, AccessControl next)
        implements AccessControl {
    /**
     * Where rules are.
     *
     * @param told what clients are told: no name of a file of the server
     * @param file what the log says
     */
    public record Source(String told, String file) {}

    @Override
    public Optional<Refusal> decide(Caller caller, Action action, Destination destination) {
        if (destination.kind() == Destination.Kind.TEMP_QUEUE) {
            return next.decide(caller, action, destination);
        }
        Deed deed = Deed.of(action);
        RuleBook.Verdict verdict = rules.verdict(caller, deed, destination);
        if (verdict.permitted()) {
            return next.decide(caller, action, destination);
        }
        return Optional.of(new Refusal(
                Refusal.Reason.FORBIDDEN,
                "no rule allows this user to " + action.verb() + " this destination, or one denies it (" + source.told()
                        + ")",
                verdict.denying()
                        .map(rule -> "\"" + rule.text() + "\" in " + source.file() + " denies it")
                        .or(() -> Handled.missing(handled, deed, destination))
                        .or(() -> rules.nearMiss(caller, deed, destination, source.file()))
                        .or(() -> RuleBook.lineFor(caller, deed, destination)
                                .map(line ->
                                        "a rule such as \"" + line + "\" in " + source.file() + " would allow it"))));
    }

    @Override
    public boolean changesItsMind() {
        return rules.haveChecks() || next.changesItsMind();
    }

    @Override
    public Set<String> roles() {
        Set<String> roles = new HashSet<>(rules.roles());
        roles.addAll(next.roles());
        return roles;
    }
}
