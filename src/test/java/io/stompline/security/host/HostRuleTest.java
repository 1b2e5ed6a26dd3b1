package io.stompline.security.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.LogLines;
import io.stompline.security.audit.Audit;
import io.stompline.security.audit.Refused;
import io.stompline.security.proxy.RequestSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostRuleTest {
    private long nanos;
    private final List<Refused> told = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({
        "chat.example,        chat.example,             false, true",
        "chat.example,        CHAT.example:8443,        false, true",
        "Chat.Example,        chat.example,             true,  true",
        "chat.example,        www.chat.example,         false, false",
        "chat.example,        chat.example.,            false, false",
        "chat.example,        chat.example.evil.org,    false, false",
        "chat.example,        evil.org,                 false, false",
        "chat.example,        chat.example@evil.org,    false, false",
        "chat.example,        chat.example:80:80,       false, false",
        "chat.example,        chat.example:,            false, false",
        "chat.example,        '',                       false, false",
        "chat.example:8443,   chat.example:8443,        false, true",
        "chat.example:8443,   chat.example,             false, false",
        "chat.example:443,    chat.example,             true,  true",
        "chat.example:443,    chat.example,             false, false",
        "chat.example:80,     chat.example,             false, true",
        "*.example.org,       a.example.org,            false, true",
        "*.example.org,       a.b.example.org:81,       false, true",
        "*.example.org,       example.org,              false, false",
        "*.example.org,       .example.org,             false, false",
        "*.example.org,       evilexample.org,          false, false",
        "*.example.org:81,    a.example.org,            false, false",
        "*.example.org:81,    a.example.org:81,         false, true",
        "*.example.org,       a.example.org/../b,       false, false",
        "192.0.2.7,           192.0.2.7:8080,           false, true",
        "[2001:db8::7],       [2001:DB8::7]:8080,       false, true",
        "[2001:db8::7],       [2001:db8::8],            false, false",
    })
    void host_asked_isComparedWithTheSetting(String setting, String host, boolean secure, boolean allowed) {
        assertThat(rule(setting).refusal(new RequestSource("10.0.0.1", Optional.of(host), secure)))
                .isEqualTo(
                        allowed
                                ? Optional.empty()
                                : Optional.of("this server is not asked by that name (stompline.hosts)"));
    }

    @Test
    void host_none_isRefusedUnlessAllAreAllowed() {
        RequestSource nameless = new RequestSource("10.0.0.1", Optional.empty(), false);
        assertThat(rule("chat.example").refusal(nameless)).isPresent();
        assertThat(rule().refusal(nameless)).isEmpty();
        assertThat(rule().allowsAll()).isTrue();
    }

    @Test
    void host_ofThousandsOfLabels_isRefused() {
        refuse(rule("*.example.org"), "a.".repeat(10_000) + "example.org");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://chat.example", "*", "*.", "*chat.example", "a.*.example", "chat.example/", "a b", ":80"})
    void setting_noHost_isNone(String setting) {
        assertThat(AllowedHost.of(setting)).isEmpty();
    }

    @Test
    void log_refusedHosts_onceAMinuteAndBounded() {
        HostRule rule = rule("chat.example");
        try (LogLines log = new LogLines(Audit.class)) {
            refuse(rule, "evil.example\u001b[2J");
            refuse(rule, "evil.example\u001b[2J");
            assertThat(log.warnings())
                    .containsExactly(
                            "refused: request, user unknown, address 10.0.0.1: a request for the host evil.example?[2J is"
                                    + " refused: if clients may ask for it, add it to stompline.hosts");
            for (int i = 0; i < 1_000; i++) {
                refuse(rule, "evil" + i + ".example" + "x".repeat(5_000));
            }
            assertThat(log.warnings()).hasSize(60).allMatch(line -> line.length() < 500);
            nanos = Duration.ofMinutes(1).toNanos();
            refuse(rule, "evil.example");
            assertThat(told).hasSize(61);
        }
    }

    private static void refuse(HostRule rule, String host) {
        assertThat(rule.refusal(new RequestSource("10.0.0.1", Optional.of(host), false)))
                .isPresent();
    }

    private HostRule rule(String... settings) {
        List<AllowedHost> allowed = Stream.of(settings)
                .map(AllowedHost::of)
                .flatMap(Optional::stream)
                .toList();
        return new HostRule(allowed, new Audit(told::add, () -> nanos));
    }
}
