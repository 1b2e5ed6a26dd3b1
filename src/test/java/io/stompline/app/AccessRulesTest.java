package io.stompline.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompline.LogLines;
import io.stompline.beans.handler.Operation;
import io.stompline.routing.Destination;
import io.stompline.security.AccessControl;
import io.stompline.security.Action;
import io.stompline.security.AuthenticatedAccess;
import io.stompline.security.Caller;
import io.stompline.security.Refusal;
import io.stompline.security.rules.RuleSettings;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessRulesTest {
    private static final AccessControl OWN = new AuthenticatedAccess();

    @TempDir
    private Path directory;

    @Test
    void rules_none_applicationAloneDecides() {
        assertThat(before(Optional.empty(), false)).isSameAs(OWN);
    }

    @Test
    void rules_noneButRequired_stopTheStart() {
        assertThatThrownBy(() -> before(Optional.empty(), true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("META-INF/stompline.rules")
                .hasMessageContaining("stompline.rules.required is true");
    }

    @Test
    void rules_missingFile_stopsTheStart() {
        assertThatThrownBy(() -> before(Optional.of("/no/such/file"), false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("stompline.rules.file: cannot read /no/such/file");
    }

    @Test
    void rules_faultyLines_areNamedWithTheFile() throws IOException {
        Path file = Files.writeString(directory.resolve("my.rules"), "allow\nallow everyone send /topic/a\ndeny\n");
        assertThatThrownBy(() -> before(Optional.of(file.toString()), false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\n" + file + ":1: a rule is:")
                .hasMessageContaining("\n" + file + ":3: a rule is:");
    }

    @Test
    void rules_ofTheApplication_giveWayToThoseOfTheFile() throws Exception {
        Path own = Files.createDirectories(directory.resolve("META-INF")).resolve("stompline.rules");
        Files.writeString(own, "allow everyone send /topic/own\n");
        Path file = Files.writeString(directory.resolve("my.rules"), "allow everyone send /topic/file\n");
        asApplication(() -> {
            assertThat(send(before(Optional.empty(), true), "own")).isEmpty();
            assertThat(send(before(Optional.empty(), true), "file")).isPresent();
            assertThat(send(before(Optional.of(file.toString()), true), "own")).isPresent();
            return assertThat(send(before(Optional.of(file.toString()), true), "file"))
                    .isEmpty();
        });
    }

    @Test
    void rules_refusal_namesWhereTheRulesInForceAre() throws Exception {
        Path own = Files.createDirectories(directory.resolve("META-INF")).resolve("stompline.rules");
        Files.writeString(own, "allow everyone send /topic/own\n");
        Path file = Files.writeString(directory.resolve("my.rules"), "allow everyone send /topic/file\n");
        asApplication(() -> {
            Refusal byResource = send(before(Optional.empty(), true), "x").orElseThrow();
            assertThat(byResource.detail()).endsWith("(META-INF/stompline.rules)");
            assertThat(byResource.hint().orElseThrow()).endsWith(" in META-INF/stompline.rules would allow it");
            Refusal byFile =
                    send(before(Optional.of(file.toString()), true), "x").orElseThrow();
            assertThat(byFile.detail()).endsWith("(stompline.rules.file)");
            return assertThat(byFile.hint().orElseThrow()).endsWith(" in " + file + " would allow it");
        });
    }

    @Test
    void rules_ofTheApplicationInAnotherEncoding_stopTheStart() throws Exception {
        Path own = Files.createDirectories(directory.resolve("META-INF")).resolve("stompline.rules");
        Files.write(own, "deny everyone send /topic/caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
        asApplication(() -> assertThatThrownBy(() -> before(Optional.empty(), false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("META-INF/stompline.rules"));
    }

    @Test
    void rules_none_aWarningUnlessTheApplicationDecides() {
        try (LogLines log = new LogLines(AccessRules.class)) {
            before((caller, action, destination) -> Optional.empty());
            assertThat(log.warnings()).isEmpty();
            before(OWN);
            assertThat(log.warnings())
                    .singleElement()
                    .asString()
                    .startsWith("There are no access rules: every user may");
        }
    }

    private static void before(AccessControl control) {
        AccessRules.before(control, new RuleSettings(Optional.empty(), false), name -> Optional.empty(), List.of());
    }

    @Test
    void handlers_noRuleOpens_areAWarningEachWithTheRule() throws Exception {
        Path file = Files.writeString(directory.resolve("my.rules"), """
                allow user:ann      send       /app/for-ann
                allow role:boss     send       /app/rooms/7/say
                allow everyone      send       /app/tree/**
                allow everyone      subscribe  /app/own/{user}
                allow everyone      subscribe  /app/wrong-deed
                deny  everyone      send       /app/denied
                """);
        RuleSettings settings = new RuleSettings(Optional.of(file.toString()), false);
        try (LogLines log = new LogLines(AccessRules.class)) {
            AccessRules.before(
                    OWN,
                    settings,
                    name -> Optional.empty(),
                    List.of(
                            handler("a", false, "/app/for-ann"),
                            handler("b", false, "/app/rooms/{room}/say"),
                            handler("c", false, "/app/tree/a/b"),
                            handler("d", true, "/app/own/carl"),
                            handler("e", false, "/app/wrong-deed"),
                            handler("f", false, "/app/denied"),
                            handler("g", true, "/topic/{any}/rooms")));
            assertThat(log.warnings())
                    .containsExactly(
                            unreached("e", "send", "/app/wrong-deed", "/app/wrong-deed", file),
                            unreached("f", "send", "/app/denied", "/app/denied", file),
                            unreached("g", "subscribe", "/topic/{any}/rooms", "/topic/*/rooms", file),
                            file + ":5 opens /app/wrong-deed, which no handler has; is its class a bean?");
        }
    }

    @Test
    void rules_ofWhatNoHandlerHas_areAWarningEachWithItsLine() throws Exception {
        Path file = Files.writeString(directory.resolve("my.rules"), """
                # of handlers
                allow everyone  send            /app/**
                allow everyone  send            /app/{any}/say
                allow everyone  send            /app/stompline/token
                deny  everyone  send            /app/denied
                allow everyone  send            /topic/plain

                allow role:boss send            /app/plain
                allow everyone  send,subscribe  /app/rooms/**
                allow everyone  subscribe       /app/rooms/{room}/say
                """);
        try (LogLines log = new LogLines(AccessRules.class)) {
            AccessRules.before(
                    OWN,
                    new RuleSettings(Optional.of(file.toString()), false),
                    name -> Optional.empty(),
                    List.of(handler("a", false, "/app/rooms/{room}/say")));
            assertThat(log.warnings())
                    .containsExactly(
                            file + ":8 opens /app/plain, which no handler has; is its class a bean?",
                            file + ":10 opens /app/rooms/{room}/say, which no handler has; is its class a bean?");
        }
    }

    private static String unreached(String method, String deed, String destination, String inRule, Path file) {
        return "Nobody can call Bean." + method + ": no rule allows anybody to " + deed + " " + destination
                + ". \"allow everyone " + deed + " " + inRule + "\" in " + file + " would open it to every user";
    }

    private static Operation handler(String method, boolean answersSubscribe, String destination) {
        return new Operation(
                "Bean." + method,
                answersSubscribe,
                destination,
                Map.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private void asApplication(Callable<?> test) throws Exception {
        ClassLoader usual = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader application =
                new URLClassLoader(new URL[] {directory.toUri().toURL()}, usual)) {
            Thread.currentThread().setContextClassLoader(application);
            test.call();
        } finally {
            Thread.currentThread().setContextClassLoader(usual);
        }
    }

    private static Optional<Refusal> send(AccessControl control, String topic) {
        return control.decide(Caller.named("ann"), Action.SEND, Destination.topic(topic));
    }

    private static AccessControl before(Optional<String> file, boolean required) {
        return AccessRules.before(OWN, new RuleSettings(file, required), name -> Optional.empty(), List.of());
    }
}
