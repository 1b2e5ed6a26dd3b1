package io.stompline.security.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.LogLines;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrustedProxiesTest {
    private static final String PROXY = "10.0.0.1";
    private static final String CLIENT = "198.51.100.7";

    private final TrustedProxies proxies = new TrustedProxies(Stream.of("10.0.0.0/8", "fd00::/8", "192.0.2.1")
            .map(AddressRange::of)
            .flatMap(Optional::stream)
            .toList());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "X-Forwarded-For: 198.51.100.7",
                "X-Forwarded-For: 198.51.100.7:4711",
                "X-Forwarded-For: 6.6.6.6, 198.51.100.7",
                "X-Forwarded-For: 6.6.6.6; X-Forwarded-For: 198.51.100.7",
                "X-Forwarded-For: unknown, 198.51.100.7, 10.1.1.1, 192.0.2.1",
                "X-Forwarded-For: 198.51.100.7, fd00::1, [fd00::2], [fd00::3]:80",
                "X-Forwarded-For: ::ffff:198.51.100.7, ::ffff:10.0.0.3",
                "Forwarded: for=198.51.100.7",
                "Forwarded: FOR=\"198.51.100.7:_port\"~Proto=http",
                "Forwarded: for=6.6.6.6, for=198.51.100.7",
                "Forwarded: for=6.6.6.6; Forwarded: for=198.51.100.7",
                "Forwarded: for=\"6.6.6.6; Forwarded: for=198.51.100.7",
                "Forwarded: for=_hidden, for=198.51.100.7~by=10.0.0.1, for=\"[fd00::2]:4711\"",
                "Forwarded: for=\"198.51.100.\\7\"",
                "Forwarded: for=198.51.100.7; X-Forwarded-For: 198.51.100.7",
                "Forwarded: proto=https; X-Forwarded-For: 198.51.100.7",
            })
    void source_trustedProxy_namesTheFirstThatIsNone(String headers) {
        assertThat(address(PROXY, headers)).isEqualTo(CLIENT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "X-Forwarded-For: unknown                       | 10.0.0.1",
                "X-Forwarded-For: 198.51.100.7, _hidden         | 10.0.0.1",
                "X-Forwarded-For: 198.51.100.7, 10.0.0.2:port   | 10.0.0.1",
                "X-Forwarded-For: 198.51.100.7, 300.1.1.1       | 10.0.0.1",
                "X-Forwarded-For: 198.51.100.7, 1               | 10.0.0.1",
                "X-Forwarded-For: 198.51.100.7, localhost       | 10.0.0.1",
                "X-Forwarded-For: 198.51.100.7, fe80::1%eth0    | 10.0.0.1",
                "X-Forwarded-For: 198.51.100.7, 1:2, 10.0.0.3   | 10.0.0.3",
                "X-Forwarded-For: ,                             | 10.0.0.1",
                "X-Forwarded-For: 10.0.0.3, 10.0.0.2            | 10.0.0.3",
                "Forwarded: for=unknown                         | 10.0.0.1",
                "Forwarded: for=198.51.100.7, for=_x            | 10.0.0.1",
                "Forwarded: for=198.51.100.7, proto=https       | 10.0.0.1",
                "Forwarded: for=\"198.51.100.7, for=6.6.6.6     | 10.0.0.1",
                "Forwarded: for=6.6.6.6~for=198.51.100.7        | 10.0.0.1",
                "Forwarded: for                                 | 10.0.0.1",
                "Forwarded: for=                                | 10.0.0.1",
                "Forwarded: for=\"6.6.6.6\"x, for=198.51.100.7  | 10.0.0.1",
                "Forwarded: for=\"6.6.6.6\\                     | 10.0.0.1",
                "Forwarded: for=6.6.6.6; X-Forwarded-For: 198.51.100.7 | 10.0.0.1",
                "Forwarded: for=6.6.6.6; Forwarded: for=\"x; Forwarded: for=10.0.0.2 | 10.0.0.2",
                "X-Forwarded-For: 6.6.6.6, , 10.0.0.2           | 6.6.6.6",
                "X-Forwarded-Proto: https                       | 10.0.0.1",
            })
    void source_hiddenOrMalformed_isTheProxyThatSaysSo(String headers, String address) {
        assertThat(address(PROXY, headers)).isEqualTo(address);
    }

    @ParameterizedTest
    @CsvSource({"198.51.100.9", "11.0.0.1", "192.0.2.2", "fe80::1%eth0", "2001:db8::1", "unknown"})
    void source_anybodyElse_isNotBelieved(String peer) {
        RequestSource source = source(
                peer, "Host: h; X-Forwarded-For: 6.6.6.6; X-Forwarded-Proto: https; X-Forwarded-Host: evil.example");
        assertThat(source).isEqualTo(new RequestSource(peer, Optional.of("h"), false));
        assertThat(source(peer, "Host: h; Forwarded: for=6.6.6.6~proto=https~host=evil.example"))
                .isEqualTo(source);
    }

    @Test
    void source_noProxies_believesNobody() {
        assertThat(new TrustedProxies(List.of())
                        .source("127.0.0.1", false, headers("X-Forwarded-For: 6.6.6.6"))
                        .address())
                .isEqualTo("127.0.0.1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Host: h                                                                    | h   | false",
                "Host: h; X-Forwarded-Proto: https                                          | h   | true",
                "Host: h; X-Forwarded-Proto: WSS; X-Forwarded-For: 198.51.100.7             | h   | true",
                "Host: h; X-Forwarded-Proto: gopher                                         | h   | false",
                "Host: i:8080; X-Forwarded-Host: h; X-Forwarded-Proto: https                | h   | true",
                "Host: i; X-Forwarded-Proto: https, http; X-Forwarded-For: 198.51.100.7     | i   | false",
                "Host: i; X-Forwarded-Proto: https, http; X-Forwarded-For: 198.51.100.7, 10.0.0.2 | i | true",
                "Host: i; X-Forwarded-Proto: https; X-Forwarded-For: 198.51.100.7, 10.0.0.2 | i   | true",
                "Host: i; X-Forwarded-Host: evil, h; X-Forwarded-For: 6.6.6.6, 198.51.100.7 | h   | false",
                "Host: i; Forwarded: for=198.51.100.7~proto=https~host=\"h:8443\"           | h:8443 | true",
                "Host: i; Forwarded: proto=https~host=h                                     | h   | true",
                "Host: i; Forwarded: for=6.6.6.6~proto=https~host=evil, for=198.51.100.7    | i   | false",
                "Host: i; Forwarded: for=198.51.100.7~proto=https, for=10.0.0.2~proto=http  | i   | true",
                "Host: i; Forwarded: proto=http; X-Forwarded-Proto: https; X-Forwarded-Host: h | h | false",
                "Host: i; Forwarded: host=\"h                                               | i   | false",
            })
    void source_hostAndScheme_areWhatTheOutermostTrustedProxySaw(String headers, String host, boolean secure) {
        RequestSource source = source(PROXY, headers);
        assertThat(source.host()).contains(host);
        assertThat(source.secure()).isEqualTo(secure);
    }

    @Test
    void source_severalHosts_areNone() {
        assertThat(source("192.0.2.1", "Host: h; Host: h").host()).isEmpty();
        assertThat(source(PROXY, "Host: h; Host: other; X-Forwarded-Host: chat.example")
                        .host())
                .contains("chat.example");
    }

    @Test
    void source_proxySpeaksTls_isSecureUnlessItSaysElse() {
        assertThat(proxies.source(PROXY, true, headers("Host: h")).secure()).isTrue();
        assertThat(proxies.source(PROXY, true, headers("X-Forwarded-Proto: http"))
                        .secure())
                .isFalse();
    }

    @Test
    void source_twoHeadersThatDisagree_isLoggedOnce() {
        try (LogLines log = new LogLines(TrustedProxies.class)) {
            for (int i = 0; i < 3; i++) {
                address(PROXY, "Forwarded: for=6.6.6." + i + "; X-Forwarded-For: 198.51.100.7");
            }
            assertThat(log.warnings())
                    .containsExactly("the proxy at 10.0.0.1 sends Forwarded and X-Forwarded-For that name different"
                            + " clients: neither is heeded; let the proxy remove the one that it does not set");
        }
    }

    @Test
    void source_addressInAnySpelling_isOne() {
        assertThat(List.of("2001:DB8::1", "[2001:db8:0::1]", "[2001:0db8:0:0:0:0:0:0001]:443"))
                .extracting(address -> address(PROXY, "X-Forwarded-For: " + address))
                .containsOnly("2001:db8:0:0:0:0:0:1");
    }

    @Test
    void source_ofARequest_readsItsPeerItsSchemeAndAllLinesOfItsHeaders() {
        Map<String, List<String>> lines = Map.of("X-Forwarded-For", List.of("6.6.6.6", CLIENT), "Host", List.of("h"));
        HttpServletRequest request = (HttpServletRequest) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getRemoteAddr" -> PROXY;
                    case "isSecure" -> true;
                    case "getHeaders" -> Collections.enumeration(lines.getOrDefault((String) arguments[0], List.of()));
                    default -> throw new UnsupportedOperationException(method.getName());
                });
        assertThat(proxies.source(request)).isEqualTo(new RequestSource(CLIENT, Optional.of("h"), true));
    }

    @Test
    void source_longHeaders_areRead() {
        String many = "for=10.0.0.9, ".repeat(5_000);
        assertThat(address(PROXY, "Forwarded: " + many + "for=198.51.100.7")).isEqualTo(CLIENT);
        assertThat(address(PROXY, "Forwarded: for=198.51.100.7, " + many)).isEqualTo(CLIENT);
        assertThat(address(PROXY, "Forwarded: for=\"" + "\\x".repeat(50_000) + "\""))
                .isEqualTo(PROXY);
        assertThat(address(PROXY, "X-Forwarded-For: " + ":".repeat(50_000))).isEqualTo(PROXY);
    }

    private String address(String peer, String headers) {
        return source(peer, headers).address();
    }

    private RequestSource source(String peer, String headers) {
        return proxies.source(peer, false, headers(headers));
    }

    /** Headers separated by semicolons; {@code ~} is a semicolon in one. */
    private static Function<String, List<String>> headers(String lines) {
        return name -> {
            List<String> values = new ArrayList<>();
            for (String line : lines.split("; ?", -1)) {
                String[] parts = line.split(":", 2);
                if (parts[0].equals(name)) {
                    values.add(parts[1].strip().replace('~', ';'));
                }
            }
            return values;
        };
    }
}
