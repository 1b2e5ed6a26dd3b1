package io.stompline.security.rules;

import io.stompline.api.StompAccessCheck;
import io.stompline.routing.Destination;
import io.stompline.routing.Destination.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Reads rules: {@code ("allow"|"deny") WHO DEED{,DEED} DESTINATION ["if" CHECK]}, one to a line. One thread at a time.
 */
final class RuleReader {
    private static final Pattern COMMENT = Pattern.compile("(^|\\s)#.*");
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final String CLAIM = "claim.";
    private static final int WORDS = 4;
    private static final int WORDS_WITH_CHECK = 6;

    private final Function<String, Optional<StompAccessCheck>> checks;

    RuleReader(Function<String, Optional<StompAccessCheck>> checks) {
        this.checks = checks;
    }

    RuleBook read(String text) {
        List<Rule> rules = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = COMMENT.matcher(lines.get(i)).replaceFirst("").strip();
            if (line.isEmpty()) {
                continue;
            }
            try {
                rules.add(rule(i + 1, BLANKS.split(line)));
            } catch (Fault fault) {
                faults.add((i + 1) + ": " + fault.getMessage());
            }
        }
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", faults));
        }
        return new RuleBook(rules);
    }

    /** The fault of a line. */
    private static final class Fault extends Exception {
        private static final long serialVersionUID = 1L;

        Fault(String message) {
            super(message);
        }
    }

    private Rule rule(int line, String[] words) throws Fault {
        if (words.length > 2 && words[2].endsWith(",")) {
            throw new Fault("there must be no blank behind the comma of \"" + words[2] + "\"");
        }
        if (words.length != WORDS && words.length != WORDS_WITH_CHECK) {
            throw new Fault("a rule is: allow|deny WHO DEED[,DEED] DESTINATION [if CHECK]");
        }
        return new Rule(
                line,
                String.join(" ", words),
                allows(words[0]),
                Who.parse(words[1]).orElseThrow(() -> new Fault("\"" + words[1] + "\" must be " + Who.words())),
                deeds(words[2]),
                pattern(words[3]),
                words.length == WORDS ? Optional.empty() : Optional.of(check(words[4], words[5])));
    }

    private static boolean allows(String word) throws Fault {
        return switch (word) {
            case "allow" -> true;
            case "deny" -> false;
            default -> throw new Fault("\"" + word + "\" must be allow or deny");
        };
    }

    private static Set<Deed> deeds(String list) throws Fault {
        Set<Deed> deeds = EnumSet.noneOf(Deed.class);
        for (String word : list.split(",", -1)) {
            deeds.add(Deed.named(word)
                    .orElseThrow(
                            () -> new Fault("\"" + word + "\" must be " + Deed.words() + ", separated by commas")));
        }
        return deeds;
    }

    private StompAccessCheck check(String keyword, String name) throws Fault {
        if (!keyword.equals("if")) {
            throw new Fault("\"" + keyword + "\" must be if, or begin a comment with #");
        }
        return checks.apply(name)
                .orElseThrow(() -> new Fault("there must be one CDI bean @Named(\"" + name
                        + "\") that implements io.stompline.api.StompAccessCheck; @Named alone makes no bean,"
                        + " @ApplicationScoped beside it does"));
    }

    private static RulePattern pattern(String text) throws Fault {
        if (text.startsWith(Kind.PRESENCE.prefix())) {
            throw new Fault("\"" + text + "\": who is in a topic is the deed " + Deed.PRESENCE.word() + " of "
                    + Kind.TOPIC.prefix()
                    + text.substring(Kind.PRESENCE.prefix().length()));
        }
        Kind kind = Arrays.stream(Kind.values())
                .filter(any -> any != Kind.TEMP_QUEUE && text.startsWith(any.prefix()))
                .findFirst()
                .orElseThrow(() -> new Fault("\"" + text + "\" must begin with /topic/, /queue/, /app/ or /user/"));
        List<Segment> segments = new ArrayList<>();
        Set<String> names = new HashSet<>();
        String[] texts = text.substring(kind.prefix().length()).split("/", -1);
        for (int i = 0; i < texts.length; i++) {
            Segment segment = segment(texts[i]);
            if (segment instanceof Segment.Many && i < texts.length - 1) {
                throw new Fault("** must be the last segment");
            }
            if (segment instanceof Segment.Variable variable && !names.add(variable.name())) {
                throw new Fault("{" + variable.name() + "} is there twice");
            }
            segments.add(segment);
        }
        return new RulePattern(kind, List.copyOf(segments));
    }

    private static Segment segment(String text) throws Fault {
        if (text.equals(Destination.ONE)) {
            return new Segment.One();
        }
        if (text.equals(Destination.MANY)) {
            return new Segment.Many();
        }
        if (text.startsWith("{") && text.endsWith("}")) {
            return named(text.substring(1, text.length() - 1));
        }
        if (text.indexOf('{') >= 0 || text.indexOf('}') >= 0) {
            throw new Fault("\"" + text + "\": {name} must be a segment of its own");
        }
        Optional<String> fault = Destination.fault(Kind.TOPIC.prefix() + text);
        if (fault.isPresent()) {
            throw new Fault("\"" + text + "\": " + fault.get());
        }
        return new Segment.Literal(text);
    }

    private static Segment named(String name) throws Fault {
        if (name.equals("user")) {
            return new Segment.User();
        }
        if (name.startsWith(CLAIM) && name.length() > CLAIM.length()) {
            return new Segment.Claim(name.substring(CLAIM.length()));
        }
        if (!NAME.matcher(name).matches()) {
            throw new Fault("{" + name + "} must be {user}, {claim.NAME} or a name of letters, digits and _");
        }
        return new Segment.Variable(name);
    }
}
