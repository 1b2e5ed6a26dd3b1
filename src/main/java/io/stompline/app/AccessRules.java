package io.stompline.app;

import io.stompline.api.StompAccessCheck;
import io.stompline.beans.handler.Operation;
import io.stompline.config.Setting;
import io.stompline.routing.Destination;
import io.stompline.security.AccessControl;
import io.stompline.security.AuthenticatedAccess;
import io.stompline.security.rules.Deed;
import io.stompline.security.rules.Handled;
import io.stompline.security.rules.RuleBook;
import io.stompline.security.rules.RuleSettings;
import io.stompline.security.rules.RuledAccess;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the access rules of the application and says in the log which hold. */
final class AccessRules {
    /** Where an application has its rules. */
    private static final String RESOURCE = "META-INF/stompline.rules";

    private static final String NO_RULES =
            "There are no access rules: every user may send to and subscribe to every topic and queue. Add " + RESOURCE
                    + " to the application or set " + Setting.RULES_FILE.key();

    /** A segment of a handler's destination. */
    private static final Pattern VARIABLE = Pattern.compile("\\{[^/]*}");

    private static final System.Logger LOG = System.getLogger(AccessRules.class.getName());

    /** Rules as they were found, and where. */
    private record Found(RuledAccess.Source source, String text) {}

    private AccessRules() {}

    /**
     * Puts the rules before the application's own access control; without rules that alone decides.
     *
     * @param checks finds the check that a rule names
     * @param handlers what beans handle: a WARNING tells of what no rule opens, and of rules for what no handler has
     * @throws IllegalArgumentException with every fault and its line, or if there must be rules and are none
     */
    static AccessControl before(
            AccessControl control,
            RuleSettings settings,
            Function<String, Optional<StompAccessCheck>> checks,
            List<Operation> handlers) {
        Optional<Found> found = settings.file().map(AccessRules::file).or(AccessRules::resource);
        if (found.isPresent()) {
            RuleBook rules = read(found.get(), checks);
            handlers.forEach(handler -> tellUnlessOpen(handler, rules, found.get()));
            List<Handled> handled =
                    handlers.stream().flatMap(AccessRules::handled).toList();
            rules.idle(handled).forEach(rule -> tellIdle(rule, found.get()));
            return new RuledAccess(rules, found.get().source(), handled, control);
        }
        if (settings.required()) {
            throw new IllegalArgumentException("there are no access rules, and " + Setting.RULES_REQUIRED.key()
                    + " is true: add " + RESOURCE + " to the application or set " + Setting.RULES_FILE.key());
        }
        if (control.getClass() == AuthenticatedAccess.class) {
            LOG.log(System.Logger.Level.WARNING, NO_RULES);
        }
        return control;
    }

    private static RuleBook read(Found found, Function<String, Optional<StompAccessCheck>> checks) {
        try {
            RuleBook rules = RuleBook.parse(found.text(), checks);
            LOG.log(
                    System.Logger.Level.INFO,
                    "Access rules of " + found.source().file() + ":\n  " + String.join("\n  ", rules.table()));
            return rules;
        } catch (IllegalArgumentException faults) {
            throw new IllegalArgumentException(
                    faults.getMessage()
                            .lines()
                            .map(line -> found.source().file() + ":" + line)
                            .reduce("", (all, line) -> all + "\n" + line),
                    faults);
        }
    }

    private static Stream<Handled> handled(Operation handler) {
        return Destination.parse(wild(handler))
                .map(destination -> new Handled(deed(handler), handler.destination(), destination))
                .stream();
    }

    private static Deed deed(Operation handler) {
        return handler.answersSubscribe() ? Deed.SUBSCRIBE : Deed.SEND;
    }

    /** Its destination with wildcards for variables. */
    private static String wild(Operation handler) {
        return VARIABLE.matcher(handler.destination()).replaceAll(Destination.ONE);
    }

    private static void tellIdle(String rule, Found found) {
        LOG.log(
                System.Logger.Level.WARNING,
                found.source().file() + ":" + rule + ", which no handler has; is its class a bean?");
    }

    private static void tellUnlessOpen(Operation handler, RuleBook rules, Found found) {
        Deed deed = deed(handler);
        String destination = wild(handler);
        boolean open = Destination.parse(destination)
                .filter(any -> rules.opens(deed, any))
                .isPresent();
        if (!open) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "Nobody can call " + handler.name() + ": no rule allows anybody to " + deed.word() + " "
                            + handler.destination() + ". \"allow everyone " + deed.word() + " " + destination + "\" in "
                            + found.source().file() + " would open it to every user");
        }
    }

    private static Found file(String name) {
        try {
            return new Found(new RuledAccess.Source(Setting.RULES_FILE.key(), name), Files.readString(Path.of(name)));
        } catch (IOException e) {
            throw new IllegalArgumentException(Setting.RULES_FILE.key() + ": cannot read " + name, e);
        }
    }

    private static Optional<Found> resource() {
        ClassLoader application = Thread.currentThread().getContextClassLoader();
        try (InputStream rules = application.getResourceAsStream(RESOURCE)) {
            return rules == null
                    ? Optional.empty()
                    : Optional.of(new Found(new RuledAccess.Source(RESOURCE, RESOURCE), text(rules.readAllBytes())));
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read " + RESOURCE + " of the application", e);
        }
    }

    /** Not leniently: a rule that denies would miss what it is about. */
    private static String text(byte[] utf8) throws CharacterCodingException {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    }
}
