package io.stompline.security.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompline.LogLines;
import io.stompline.security.Caller;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuleBookTest {
    private static final String RULES = """
            # chat with rooms, topics of an account, broadcast by admins
            allow everyone    subscribe          /user/**
            allow role:user   subscribe          /topic/rooms/{room}          if memberOf
            allow role:user   send               /app/rooms/{room}/say        if memberOf
            allow role:user   subscribe,durable  /topic/accounts/{user}/**
            allow role:user   subscribe          /topic/tenants/{claim.tenant}/news
            allow role:user   subscribe          /topic/broadcast
            allow user:carl   presence           /topic/past/*
            allow user:carl   history            /topic/archive/*
            allow role:admin  send               /app/broadcast
            allow role:admin  subscribe          /topic/**
            deny  everyone    subscribe          /topic/accounts/*/secrets     # /topic/** no more
            deny  role:guest  send,subscribe     /queue/{any}                  if memberOf
            allow everyone    send,subscribe     /queue/**
            """;

    private static final Map<String, Caller> CALLERS = Map.of(
            "ann", new Caller("ann", Set.of("user"), Map.of("tenant", "acme"), Optional.empty()),
            "root", new Caller("root", Set.of("admin"), Map.of(), Optional.empty()),
            "carl", new Caller("carl", Set.of("guest")),
            "*", new Caller("*", Set.of("user")),
            "a/b", new Caller("a/b", Set.of("user")));

    private final RuleBook rules = RuleBook.parse(
            RULES,
            name -> name.equals("memberOf")
                    ? Optional.of((who, variables) -> variables.containsValue("7"))
                    : Optional.empty());

    @ParameterizedTest
    @CsvSource({
        // Nothing matches: denied.
        "ann, SEND, /topic/broadcast, false",
        "ann, SEND, /topic/rooms/7, false",
        "carl, SUBSCRIBE, /topic/broadcast, false",
        // everyone, roles, users
        "carl, SUBSCRIBE, /user/queue/errors, true",
        "ann, SUBSCRIBE, /topic/broadcast, true",
        "root, SUBSCRIBE, /topic/anything, true",
        "carl, PRESENCE, /topic/past/week, true",
        "carl, PRESENCE, /topic/past/week/day, false",
        "carl, SUBSCRIBE, /topic/past/week, false",
        "ann, PRESENCE, /topic/past/week, false",
        "carl, HISTORY, /topic/past/week, false",
        "carl, HISTORY, /topic/archive/week, true",
        "carl, SUBSCRIBE, /topic/archive/week, false",
        "ann, HISTORY, /topic/archive/week, false",
        // checks
        "ann, SUBSCRIBE, /topic/rooms/7, true",
        "ann, SUBSCRIBE, /topic/rooms/8, false",
        "ann, SEND, /app/rooms/7/say, true",
        "ann, SEND, /app/rooms/8/say, false",
        "ann, SUBSCRIBE, /topic/rooms/*, false",
        "ann, SUBSCRIBE, /topic/rooms/**, false",
        // {user} and {claim}
        "ann, SUBSCRIBE, /topic/accounts/ann/mails, true",
        "ann, SUBSCRIBE, /topic/accounts/ann/**, false",
        "ann, DURABLE, /topic/accounts/ann/**, true",
        "ann, SUBSCRIBE, /topic/accounts/ann, false",
        "ann, SUBSCRIBE, /topic/accounts/bob/mails, false",
        "ann, DURABLE, /topic/accounts/ann/mails, true",
        "ann, DURABLE, /topic/broadcast, false",
        "ann, SUBSCRIBE, /topic/tenants/acme/news, true",
        "ann, SUBSCRIBE, /topic/tenants/other/news, false",
        "*, SUBSCRIBE, /topic/accounts/*/mails, false",
        "*, SUBSCRIBE, /topic/tenants/*/news, false",
        "a/b, SUBSCRIBE, /topic/accounts/a/b/mails, false",
        // deny wins over a part and over a pattern that includes it
        "root, SUBSCRIBE, /topic/accounts/bob/secrets, false",
        "root, SUBSCRIBE, /topic/accounts/bob/mails, true",
        "root, SUBSCRIBE, /topic/**, false",
        "root, SUBSCRIBE, /topic/accounts/*/secrets, false",
        "root, SUBSCRIBE, /topic/accounts/*/mails, true",
        "root, SUBSCRIBE, /topic/rooms/**, true",
        // a deny with a check
        "carl, SEND, /queue/7, false",
        "carl, SEND, /queue/8, true",
        "ann, SEND, /queue/7, true",
    })
    void rules_eachCallerAndDeed_areDecided(String caller, Deed deed, String destination, boolean permitted) {
        assertThat(rules.permits(CALLERS.get(caller), deed, destination)).isEqualTo(permitted);
    }

    @Test
    void rules_wildcardThatMatchesADeniedName_isRefused() {
        RuleBook some = RuleBook.parse("""
                allow everyone subscribe /topic/**
                deny  everyone subscribe /topic/a/x
                deny  everyone subscribe /topic/{user}/y
                deny  everyone subscribe /topic/{claim.tenant}/z
                """, name -> Optional.empty());
        Caller withoutClaim = CALLERS.get("root");
        assertThat(some.permits(withoutClaim, Deed.SUBSCRIBE, "/topic/*/x")).isFalse();
        assertThat(some.permits(withoutClaim, Deed.SUBSCRIBE, "/topic/*/y")).isFalse();
        assertThat(some.permits(withoutClaim, Deed.SUBSCRIBE, "/topic/*/z")).isTrue();
        assertThat(some.permits(CALLERS.get("ann"), Deed.SUBSCRIBE, "/topic/*/z"))
                .isFalse();
        assertThat(some.permits(withoutClaim, Deed.SUBSCRIBE, "/topic/*/other")).isTrue();
        assertThat(some.permits(withoutClaim, Deed.SUBSCRIBE, "/topic/a/*")).isFalse();
        assertThat(some.permits(withoutClaim, Deed.SUBSCRIBE, "/topic/a/b/*")).isTrue();
    }

    @Test
    void rules_none_denyEverything() {
        assertThat(RuleBook.parse("", name -> Optional.empty())
                        .permits(Caller.named("ann"), Deed.SUBSCRIBE, "/user/queue/errors"))
                .isFalse();
    }

    @Test
    void rules_checkOfTheApplicationFails_refusesInAnyOrder() {
        String allowed = "allow everyone send /topic/**";
        List<String> both = List.of("deny everyone send /topic/{a} if broken", allowed);
        assertThat(sendsWithoutDatabase("allow everyone send /topic/{a} if broken"))
                .isFalse();
        assertThat(sendsWithoutDatabase(String.join("\n", both))).isFalse();
        assertThat(sendsWithoutDatabase(allowed + "\n" + both.get(0))).isFalse();
        assertThat(sendsWithoutDatabase(allowed + "\nallow everyone send /topic/{a} if broken"))
                .isTrue();
    }

    private static boolean sendsWithoutDatabase(String rules) {
        RuleBook failing = RuleBook.parse(
                rules,
                name -> Optional.of((who, of) -> {
                    throw new IllegalStateException("no database");
                }));
        return failing.permits(Caller.named("ann"), Deed.SEND, "/topic/x");
    }

    @Test
    void rules_noDestination_isAMistakeOfTheCaller() {
        assertThatThrownBy(() -> rules.permits(CALLERS.get("ann"), Deed.SEND, "/topic//a"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("/topic//a is no destination");
    }

    @Test
    void rules_checkOfTheApplicationFails_isLoggedWithTheRule() {
        try (LogLines log = new LogLines(Rule.class)) {
            assertThat(sendsWithoutDatabase("allow everyone send /topic/{a} if broken"))
                    .isFalse();
            assertThat(log.warnings())
                    .containsExactly(
                            "a check failed, which counts as a refusal: allow everyone send /topic/{a} if broken");
        }
    }

    @Test
    void rules_roles_areThoseThatTheyName() {
        RuleBook book = RuleBook.parse(
                "allow role:user send /topic/a\ndeny role:guest send /topic/b\nallow everyone send /topic/c",
                name -> Optional.empty());
        assertThat(book.roles()).containsExactlyInAnyOrder("user", "guest");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "permit everyone send /topic/a",
                "Allow everyone send /topic/a",
                "allow anyone send /topic/a",
                "allow role: send /topic/a",
                "allow everyone sends /topic/a",
                "allow everyone send, subscribe /topic/a",
                "allow everyone send,,subscribe /topic/a",
                "allow everyone send topic/a",
                "allow everyone send /temp-queue/a",
                "allow everyone send /topic/",
                "allow everyone send /topic//a",
                "allow everyone send /topic/../a",
                "allow everyone send /topic/**/a",
                "allow everyone send /topic/a*",
                "allow everyone send /topic/x{user}",
                "allow everyone send /topic/{}",
                "allow everyone send /topic/{x",
                "allow everyone send /topic/x}",
                "allow everyone send /topic/}",
                "allow everyone send /topic/{claim.}",
                "allow everyone send /topic/{a}/{a}",
                "allow everyone send /topic/a if nobody",
                "allow everyone send /topic/a when memberOf",
                "allow everyone send",
            })
    void rules_faultyLine_isNamedWithItsNumber(String line) {
        String text = "# first\n\nallow everyone send /topic/fine\n" + line + "\n";
        assertThatThrownBy(() -> RuleBook.parse(
                        text, name -> name.equals("memberOf") ? Optional.of((who, of) -> true) : Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("4: ")
                .hasMessageNotContaining("\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "allow anyone send /topic/a | \"anyone\" must be everyone, role:NAME or user:NAME",
                "allow everyone send, subscribe /topic/a | there must be no blank behind the comma of \"send,\"",
                "allow everyone read /topic/a | \"read\" must be send, subscribe, durable, history or presence,"
                        + " separated by commas",
            })
    void rules_unknownWord_isAnsweredWithThoseThatThereAre(String line, String fault) {
        assertThatThrownBy(() -> RuleBook.parse(line, name -> Optional.empty())).hasMessage("1: " + fault);
    }

    @Test
    void rules_checkWithoutABean_saysWhatMakesOne() {
        assertThatThrownBy(() -> RuleBook.parse("allow everyone send /topic/a if memberOf", name -> Optional.empty()))
                .hasMessage("1: there must be one CDI bean @Named(\"memberOf\") that implements"
                        + " io.stompline.api.StompAccessCheck; @Named alone makes no bean, @ApplicationScoped beside it"
                        + " does");
    }

    @Test
    void rules_table_isOneLineEach() {
        assertThat(rules.table()).hasSize(13).contains("deny everyone subscribe /topic/accounts/*/secrets");
    }
}
