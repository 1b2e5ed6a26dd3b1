package io.stompline.security.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.routing.Destination;
import io.stompline.security.AccessControl;
import io.stompline.security.Action;
import io.stompline.security.Caller;
import io.stompline.security.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuledAccessTest {
    private static final Caller ANN = Caller.named("ann");
    private static final RuledAccess.Source SOURCE =
            new RuledAccess.Source("META-INF/stompline.rules", "/etc/my.rules");
    private static final List<Handled> HANDLED = List.of(
            handled(Deed.SEND, "/app/greet", "/app/greet"),
            handled(Deed.SEND, "/app/rooms/{room}/say", "/app/rooms/*/say"),
            handled(Deed.SUBSCRIBE, "/app/state", "/app/state"));
    private static final Refusal OF_APPLICATION = new Refusal(Refusal.Reason.FORBIDDEN, "not on Sundays");

    private static Handled handled(Deed deed, String name, String destination) {
        return new Handled(deed, name, Destination.parse(destination).orElseThrow());
    }

    private final List<String> asked = new ArrayList<>();

    /** Refuses what is closed. */
    private final AccessControl application = new AccessControl() {
        @Override
        public Optional<Refusal> decide(Caller caller, Action action, Destination destination) {
            asked.add(action + " " + destination);
            return destination.name().equals("closed") ? Optional.of(OF_APPLICATION) : Optional.empty();
        }

        @Override
        public Set<String> roles() {
            return Set.of("boss");
        }
    };

    private final RuledAccess access =
            new RuledAccess(RuleBook.parse("""
                    allow everyone   send      /topic/sent
                    allow everyone   subscribe /topic/read
                    allow everyone   durable   /topic/kept
                    allow everyone   send      /topic/closed
                    allow role:user  send      /topic/other
                    deny  everyone   send      /topic/denied
                    """, name -> Optional.empty()), SOURCE, HANDLED, application);

    @ParameterizedTest
    @CsvSource({
        "SEND, /topic/sent",
        "REPLY_TO, /topic/sent",
        "SUBSCRIBE, /topic/read",
        "SUBSCRIBE_DURABLE, /topic/kept",
        "SEND, /temp-queue/a",
        "SUBSCRIBE, /temp-queue/a",
        "REPLY_TO, /temp-queue/a",
    })
    void access_whatARuleAllows_isForTheApplicationToDecide(Action action, String text) {
        assertThat(access.decide(ANN, action, Destination.parse(text).orElseThrow()))
                .isEmpty();
        assertThat(asked).containsExactly(action + " " + text);
    }

    @ParameterizedTest
    @CsvSource({
        "SEND, /topic/read",
        "REPLY_TO, /topic/read",
        "REPLY_TO, /topic/kept",
        "SUBSCRIBE, /topic/sent",
        "SUBSCRIBE, /topic/kept",
        "SUBSCRIBE_DURABLE, /topic/read",
        "SEND, /topic/other",
        "SEND, /queue/sent",
    })
    void access_whatNoRuleAllows_isRefusedUnasked(Action action, String text) {
        Refusal refusal = access.decide(ANN, action, Destination.parse(text).orElseThrow())
                .orElseThrow();
        assertThat(refusal.reason()).isEqualTo(Refusal.Reason.FORBIDDEN);
        assertThat(refusal.detail())
                .startsWith("no rule allows this user to " + action.verb() + " this destination")
                .endsWith("(META-INF/stompline.rules)");
        assertThat(asked).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "SEND, /topic/other, '\"allow role:user send /topic/other\" in /etc/my.rules is not for this user'",
        "SEND, /topic/news, 'a rule such as \"allow user:ann send /topic/news\" in /etc/my.rules would allow it'",
        "REPLY_TO, /queue/a, 'a rule such as \"allow user:ann send /queue/a\" in /etc/my.rules would allow it'",
        "SUBSCRIBE, /topic/**, 'a rule such as \"allow user:ann subscribe /topic/**\" in /etc/my.rules would allow it'",
        "READ_HISTORY, /topic/a, 'a rule such as \"allow user:ann history /topic/a\" in /etc/my.rules would allow it'",
        "SEND, /topic/denied, '\"deny everyone send /topic/denied\" in /etc/my.rules denies it'",
        "SEND, /app/nowhere, 'nothing here handles a SEND to /app/nowhere; did you mean /app/greet?'",
        "SEND, /app/rooms/say, 'nothing here handles a SEND to /app/rooms/say; did you mean /app/rooms/{room}/say?'",
        "SUBSCRIBE, /app/greet, 'nothing here handles a SUBSCRIBE to /app/greet; did you mean /app/state?'",
        "SEND, /app/greet, 'a rule such as \"allow user:ann send /app/greet\" in /etc/my.rules would allow it'",
        "SEND, /app/rooms/7/say, 'a rule such as \"allow user:ann send /app/rooms/7/say\" in /etc/my.rules would allow"
                + " it'",
        "SUBSCRIBE, /topic/two words, ",
        "SUBSCRIBE, /topic/{a}b, ",
    })
    void access_refusal_tellsTheLogWhichRuleMatters(Action action, String text, String hint) {
        Refusal refusal = access.decide(ANN, action, Destination.parse(text).orElseThrow())
                .orElseThrow();
        assertThat(refusal.hint()).isEqualTo(Optional.ofNullable(hint));
        assertThat(refusal.detail()).doesNotContain("/etc/my.rules", "user:ann");
    }

    @ParameterizedTest
    @CsvSource({
        "/topic/rooms/1, '\"allow user:ann subscribe /topic/rooms/{room} if memberOf\" in f has a check that says no'",
        "/topic/rooms/*, '\"allow user:ann subscribe /topic/rooms/{room} if memberOf\" in f allows no wildcards, because it has a"
                + " check'",
        "/topic/minutes, '\"allow role:board subscribe /topic/minutes\" in f is not for this user'",
    })
    void access_refusal_tellsTheLogWhatNearlyAllowsIt(String text, String hint) {
        RuleBook rules = RuleBook.parse("""
                allow role:board subscribe /topic/rooms/{room}
                allow user:ann subscribe /topic/rooms/{room} if memberOf
                allow role:board subscribe /topic/minutes
                """, name -> Optional.of((who, variables) -> false));
        Refusal refusal = new RuledAccess(
                        rules, new RuledAccess.Source("f", "f"), List.of(), (who, what, where) -> Optional.empty())
                .decide(ANN, Action.SUBSCRIBE, Destination.parse(text).orElseThrow())
                .orElseThrow();
        assertThat(refusal.hint()).contains(hint);
    }

    @Test
    void access_refusalOfALongDestination_isComparedWithNothing() {
        Destination nowhere = Destination.parse("/app/" + "a".repeat(96)).orElseThrow();
        assertThat(access.decide(ANN, Action.SEND, nowhere).orElseThrow().hint())
                .contains("nothing here handles a SEND to " + nowhere);
    }

    @Test
    void access_refusalOfANameThatNoRuleCanSay_hasNoHint() {
        assertThat(access.decide(Caller.named("two words"), Action.SEND, Destination.topic("news"))
                        .orElseThrow()
                        .hint())
                .isEmpty();
    }

    @Test
    void access_refusalOfTheApplication_isPassedOn() {
        assertThat(access.decide(ANN, Action.SEND, Destination.topic("closed"))).contains(OF_APPLICATION);
        assertThat(access.decide(
                        ANN,
                        Action.SEND,
                        Destination.parse("/temp-queue/closed").orElseThrow()))
                .contains(OF_APPLICATION);
    }

    @Test
    void access_mind_isChangedByChecksAndTheApplication() {
        assertThat(access(false, "").changesItsMind()).isFalse();
        assertThat(access(false, " if any").changesItsMind()).isTrue();
        assertThat(access(true, "").changesItsMind()).isTrue();
    }

    private static RuledAccess access(boolean changing, String check) {
        AccessControl next = new AccessControl() {
            @Override
            public Optional<Refusal> decide(Caller caller, Action action, Destination destination) {
                return Optional.empty();
            }

            @Override
            public boolean changesItsMind() {
                return changing;
            }
        };
        return new RuledAccess(
                RuleBook.parse(
                        "allow everyone send /topic/a\nallow everyone send /topic/b" + check,
                        name -> Optional.of((who, of) -> true)),
                SOURCE,
                List.of(),
                next);
    }

    @Test
    void access_roles_areThoseOfRulesAndApplication() {
        assertThat(access.roles()).containsExactlyInAnyOrder("user", "boss");
    }
}
