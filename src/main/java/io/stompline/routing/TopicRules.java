package io.stompline.routing;

import io.stompline.config.Setting;
import io.stompline.config.Settings;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What holds for which destinations: the first rule whose pattern means a destination counts. Immutable.
 *
 * @param <T> what a rule says
 */
public record TopicRules<T>(List<Rule<T>> rules) {
    /** What holds for the destinations of one pattern, of topics or of {@code /user/}. */
    public record Rule<T>(Destination pattern, T terms) {
        private TopicPattern meant() {
            return new TopicPattern(pattern);
        }
    }

    /** The rules in their order. */
    public TopicRules {
        rules = List.copyOf(rules);
    }

    /** No rules. */
    public static <T> TopicRules<T> none() {
        return new TopicRules<>(List.of());
    }

    /**
     * Reads rules of the form {@code PATTERN WORD WORD …}, separated by commas.
     *
     * @param terms understands the words behind the pattern; empty if it does not
     * @param expectation what each rule must be
     */
    public static <T> TopicRules<T> from(
            Settings settings,
            Setting setting,
            Function<List<String>, Optional<? extends T>> terms,
            String expectation) {
        return new TopicRules<>(settings.list(setting, text -> rule(List.of(text.split("\\s+")), terms), expectation));
    }

    private static <T> Optional<Rule<T>> rule(List<String> words, Function<List<String>, Optional<? extends T>> terms) {
        Optional<Destination> pattern = Destination.parse(words.get(0))
                .filter(given -> given.kind() == Destination.Kind.TOPIC || given.kind() == Destination.Kind.USER)
                .filter(given -> !given.isReserved());
        Optional<? extends T> read = terms.apply(words.subList(1, words.size()));
        return pattern.flatMap(given -> read.map(known -> new Rule<T>(given, known)));
    }

    /**
     * The rule for a destination.
     *
     * @param destination for a pattern the rule that holds for everything that it means
     * @return empty if there is none, or if several hold for what a pattern means
     */
    public Optional<Rule<T>> of(Destination destination) {
        for (Rule<T> rule : rules) {
            if (rule.meant().matches(destination)) {
                return Optional.of(rule);
            }
            if (destination.isPattern()
                    && destination.kind() == rule.pattern().kind()
                    && rule.meant().overlaps(destination)) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }
}
