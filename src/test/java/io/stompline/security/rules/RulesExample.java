package io.stompline.security.rules;

import io.stompline.security.Caller;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The example of the guide: its rules, and the table of what they mean. */
public final class RulesExample {
    static final Path CHAPTER = Path.of("src/site/markdown/access-rules.md");

    /** The first one without a language. */
    private static final Pattern RULES = Pattern.compile("(?m)^```\\R(#.*?)^```$", Pattern.DOTALL);

    private static final Pattern TABLE = Pattern.compile("(?m)^\\| destination \\|.*\\R\\|---.*\\R(?:\\|.*\\R)+");

    /** Who has a column in the table, by its head. */
    private static final List<Column> COLUMNS = List.of(
            new Column("`ann`: user, tenant acme", caller("ann", Set.of("user"), Map.of("tenant", "acme"))),
            new Column("`bob`: user", caller("bob", Set.of("user"), Map.of())),
            new Column("`carl`", caller("carl", Set.of(), Map.of())),
            new Column("`root`: admin", caller("root", Set.of("admin"), Map.of())));

    private static final String NOTHING = "–";

    private RulesExample() {}

    private record Column(String head, Caller caller) {}

    /**
     * One caller with one destination.
     *
     * @param deeds what the table says that the caller may do
     */
    public record Cell(Caller caller, String destination, Set<Deed> deeds) {
        @Override
        public String toString() {
            return caller.name() + " " + destination;
        }
    }

    /** The text of the rules. */
    public static String rules() {
        return found(RULES).group(1);
    }

    /** The table as it stands in the guide. */
    static String table() {
        return found(TABLE).group();
    }

    /** The cells of the table, row by row. */
    public static List<Cell> cells() {
        return table().lines().skip(2).flatMap(RulesExample::cells).toList();
    }

    /** The table as the rules make it, for the destinations of the table that is there. */
    static String generated(RuleBook rules) {
        List<String> lines = new ArrayList<>();
        lines.add(row("destination", COLUMNS.stream().map(Column::head)));
        lines.add("|---".repeat(COLUMNS.size() + 1) + "|");
        table().lines()
                .skip(2)
                .map(row -> destination(split(row)))
                .forEach(destination -> lines.add(row(
                        "`" + destination + "`",
                        COLUMNS.stream().map(column -> deeds(rules, column.caller(), destination)))));
        return String.join("\n", lines) + "\n";
    }

    private static Caller caller(String name, Set<String> roles, Map<String, String> claims) {
        return new Caller(name, roles, claims, Optional.empty());
    }

    private static Matcher found(Pattern pattern) {
        try {
            Matcher matcher = pattern.matcher(Files.readString(CHAPTER));
            if (!matcher.find()) {
                throw new AssertionError(CHAPTER + " has nothing like " + pattern);
            }
            return matcher;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Cell> cells(String row) {
        List<String> texts = split(row);
        return Stream.iterate(0, i -> i < COLUMNS.size(), i -> i + 1)
                .map(i -> new Cell(COLUMNS.get(i).caller(), destination(texts), deeds(texts.get(i + 1))));
    }

    private static List<String> split(String row) {
        return Arrays.stream(row.split("\\|")).skip(1).map(String::strip).toList();
    }

    private static String destination(List<String> texts) {
        return texts.get(0).replace("`", "");
    }

    private static Set<Deed> deeds(String text) {
        return text.equals(NOTHING)
                ? Set.of()
                : Set.copyOf(Arrays.stream(text.split(", "))
                        .map(word -> Deed.named(word).orElseThrow())
                        .toList());
    }

    /** A durable subscription needs the right to subscribe as well. */
    private static String deeds(RuleBook rules, Caller caller, String destination) {
        List<String> words = Arrays.stream(Deed.values())
                .filter(deed -> rules.permits(caller, deed, destination))
                .filter(deed -> deed != Deed.DURABLE || rules.permits(caller, Deed.SUBSCRIBE, destination))
                .map(Deed::word)
                .toList();
        return words.isEmpty() ? NOTHING : String.join(", ", words);
    }

    private static String row(String first, Stream<String> others) {
        return "| " + String.join(" | ", Stream.concat(Stream.of(first), others).toList()) + " |";
    }
}
