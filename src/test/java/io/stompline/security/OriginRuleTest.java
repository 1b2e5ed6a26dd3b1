package io.stompline.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginRuleTest {
    private final OriginRule rule = new OriginRule(Stream.of(
                    "https://Shop.example",
                    "http://dev.example:80",
                    "https://*.Wild.example",
                    "https://*.port.example:8443",
                    "capacitor://localhost")
            .map(AllowedOrigin::of)
            .map(Optional::orElseThrow)
            .toList());

    @ParameterizedTest
    @CsvSource({
        "http://localhost:8080, localhost:8080, false",
        "HTTP://LOCALHOST:8080, localhost:8080, false",
        "http://localhost:8080, LocalHost:8080, false",
        "http://127.0.0.1:8080, 127.0.0.1:8080, false",
        "http://[::1]:8080, [::1]:8080, false",
        "http://[::1], [::1], false",
        "https://app.example, app.example, true",
        "https://app.example, app.example:443, true",
        "https://app.example:443, app.example, true",
        "http://app.example, app.example:80, false",
        "http://[::1], [::1]:80, false",
        "https://app.example:80, app.example:80, true",
        "https://shop.example, app.example, true",
        "https://shop.example:443, app.example, true",
        "https://SHOP.example, app.example, false",
        "http://dev.example, app.example, true",
        "https://a.wild.example, app.example, true",
        "https://A.b-1.WILD.example:443, app.example, true",
        "https://a.port.example:8443, app.example, true",
        "capacitor://localhost, app.example, true"
    })
    void origin_ownOrConfigured_isAccepted(String origin, String host, boolean secure) {
        assertThat(accepts(origin, host, secure)).isTrue();
    }

    @Test
    void origin_ofThousandsOfLabels_isRefusedWithoutAnError() {
        String labels = "a.".repeat(150);
        assertThat(accepts("https://" + labels + "wild.example", "app.example", true))
                .isFalse();
        assertThat(accepts("https://" + "a.".repeat(20) + "wild.example", "app.example", true))
                .isTrue();
        assertThat(accepts("https://" + "a.".repeat(100_000) + "wild.example", "app.example", true))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "http://app.example, app.example, true",
        "https://app.example, app.example, false",
        "http://localhost:8081, localhost:8080, false",
        "http://localhost, localhost:8080, false",
        "http://localhost:80800, localhost:8080, false",
        "http://app.example:443, app.example, false",
        "https://app.example:80, app.example, true",
        "http://app.example:80, app.example:443, false",
        "http://[::1]:8081, [::1]:8080, false",
        "http://[::2], [::1], false",
        "null, localhost:8080, false",
        "'', localhost:8080, false",
        "file://, localhost:8080, false",
        "https://shop.example.evil, app.example, true",
        "https://evil.shop.example, app.example, true",
        "https://evilshop.example, app.example, true",
        "https://shop.example:444, app.example, true",
        "http://shop.example, app.example, true",
        "https://app.example@evil.example, app.example, true",
        "https://app.example/, app.example, true",
        "https://app.example.evil, app.example, true",
        "https://app.example., app.example, true",
        "https://wild.example, app.example, true",
        "https://.wild.example, app.example, true",
        "https://-.wild.example, app.example, true",
        "https://awild.example, app.example, true",
        "http://a.wild.example, app.example, true",
        "https://a.wild.example:444, app.example, true",
        "https://a.wild.example.evil, app.example, true",
        "https://evil.example#.wild.example, app.example, true",
        "https://evil.example:1.wild.example, app.example, true",
        "https://evil@a.wild.example, app.example, true",
        "https://a.port.example, app.example, true",
        "http://, '', false",
        "http://:80, '', false"
    })
    void origin_other_isRefused(String origin, String host, boolean secure) {
        assertThat(accepts(origin, host, secure)).isFalse();
    }

    @Test
    void origin_absent_isAccepted() {
        assertThat(rule.accepts(Optional.empty(), Optional.of("app.example"), true))
                .isTrue();
    }

    @Test
    void origin_requestWithoutHost_isComparedWithTheConfigured() {
        assertThat(rule.accepts(Optional.of("https://shop.example"), Optional.empty(), true))
                .isTrue();
        assertThat(rule.accepts(Optional.of("https://app.example"), Optional.empty(), true))
                .isFalse();
        assertThat(rule.accepts(Optional.of("https://"), Optional.empty(), true))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "null",
                "shop.example",
                "https://",
                "https://*",
                "https://*.",
                "*.shop.example",
                "https://*shop.example",
                "https://a.*.example",
                "https://shop.*",
                "https://shop.example/",
                "https://shop.example/path",
                "https://shop.example:",
                "https://shop.example:*",
                "https://user@shop.example",
                "https://shop.example.",
                "https://b\u00fccher.example",
                "https:shop.example",
                "https://shop..example",
                "https://*.*.example"
            })
    void origin_settingThatNoBrowserSends_isRefused(String text) {
        assertThat(AllowedOrigin.of(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:8080, localhost:8080, false, true",
        "HTTP://LOCALHOST:8080, localhost:8080, false, true",
        "https://app.example, app.example, true, true",
        "https://app.example:443, app.example, true, true",
        "https://app.example, app.example, false, true",
        "https://app.example, app.example:443, false, true",
        "http://app.example, app.example, true, false",
        "https://app.example, app.example:8443, false, false",
        "https://shop.example, app.example, true, false",
        "https://app.example.evil, app.example, true, false",
        "https://a.app.example, app.example, true, false",
        "capacitor://localhost, localhost, false, false",
        "null, app.example, true, false",
        "https://, '', false, false"
    })
    void origin_own_isToldFromAllowedOnes(String origin, String host, boolean secure, boolean own) {
        assertThat(rule.isOwn(Optional.of(origin), Optional.of(host), secure)).isEqualTo(own);
    }

    @Test
    void origin_none_isNoForeignPage() {
        assertThat(rule.isOwn(Optional.empty(), Optional.of("app.example"), true))
                .isTrue();
        assertThat(rule.isOwn(Optional.of("https://app.example"), Optional.empty(), true))
                .isFalse();
    }

    private boolean accepts(String origin, String host, boolean secure) {
        return rule.accepts(Optional.of(origin), Optional.of(host), secure);
    }
}
