package io.stompline.security.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompline.config.Settings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenSettingsTest {
    private static final Map<String, String> COMPLETE = Map.of(
            "stompline.token.keys", "https://id.example/jwks",
            "stompline.token.issuer", "https://id.example",
            "stompline.token.audience", "stompline, chat");

    private static final Map<String, String> OF_MICROPROFILE = Map.of(
            "mp.jwt.verify.publickey.location", "https://id.example/jwks",
            "mp.jwt.verify.issuer", "https://id.example",
            "mp.jwt.verify.audiences", "shop",
            "mp.jwt.verify.publickey.algorithm", "ES256",
            "mp.jwt.verify.clock.skew", "7");

    private static Settings settings(Map<String, String> set) {
        return new Settings(key -> Optional.ofNullable(set.get(key)));
    }

    private static Map<String, String> with(Map<String, String> set, String key, String value) {
        Map<String, String> changed = new HashMap<>(set);
        changed.put(key, value);
        return changed;
    }

    @Test
    void token_keysNotSet_thereAreNone() {
        Settings settings = settings(Map.of("stompline.token.issuer", "x"));
        assertThat(TokenSettings.from(settings)).isEmpty();
        assertThatCode(settings::check).doesNotThrowAnyException();
    }

    @Test
    void token_defaults_areThoseOfMicroProfile() {
        TokenSettings read = TokenSettings.from(settings(COMPLETE)).orElseThrow();
        assertThat(read.audiences()).containsExactlyInAnyOrder("stompline", "chat");
        assertThat(read.algorithms()).containsExactlyInAnyOrder("RS256", "ES256");
        assertThat(read.user()).containsExactly("upn", "preferred_username", "sub");
        assertThat(read.roles()).isEqualTo("groups");
        assertThat(read.skew()).isEqualTo(Duration.ofSeconds(60));
        assertThat(read.grace()).isEqualTo(Duration.ofSeconds(25));
        assertThat(read.required()).isTrue();
    }

    @Test
    void token_microProfile_isReadWhereNothingElseIsSet() {
        TokenSettings read = TokenSettings.from(settings(OF_MICROPROFILE)).orElseThrow();
        assertThat(read.keys()).isEqualTo("https://id.example/jwks");
        assertThat(read.issuer()).isEqualTo("https://id.example");
        assertThat(read.audiences()).containsExactly("shop");
        assertThat(read.algorithms()).containsExactly("ES256");
        assertThat(read.skew()).isEqualTo(Duration.ofSeconds(7));
        assertThat(read.required()).isFalse();
        Map<String, String> own = with(OF_MICROPROFILE, "stompline.token.audience", "chat");
        assertThat(TokenSettings.from(settings(own)).orElseThrow().audiences()).containsExactly("chat");
        Map<String, String> text = Map.of("mp.jwt.verify.publickey", "MIIB", "mp.jwt.verify.issuer", "i");
        assertThat(TokenSettings.from(settings(with(text, "mp.jwt.verify.audiences", "a")))
                        .orElseThrow()
                        .keys())
                .isEqualTo("MIIB");
    }

    @Test
    void token_microProfileForHttpOnly_stopsNothing() {
        Map<String, String> incomplete = new HashMap<>(OF_MICROPROFILE);
        incomplete.remove("mp.jwt.verify.audiences");
        incomplete.put("mp.jwt.verify.publickey.location", "http://id.example/jwks");
        Settings settings = settings(incomplete);
        assertThat(TokenSettings.from(settings)).isEmpty();
        assertThatCode(settings::check).doesNotThrowAnyException();
    }

    @Test
    void token_longSkewOfMicroProfile_isCut() {
        assertThat(TokenSettings.from(settings(with(OF_MICROPROFILE, "mp.jwt.verify.clock.skew", "300")))
                        .orElseThrow()
                        .skew())
                .isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void token_faultySkewOfMicroProfile_stopsNothing() {
        for (String skew : new String[] {"a minute", "-7", "PT7S"}) {
            Settings settings = settings(with(OF_MICROPROFILE, "mp.jwt.verify.clock.skew", skew));
            assertThat(TokenSettings.from(settings).orElseThrow().skew()).isEqualTo(Duration.ofSeconds(60));
            assertThatCode(settings::check).doesNotThrowAnyException();
        }
    }

    @Test
    void token_text_hasNoKey() {
        Settings settings = settings(with(COMPLETE, "stompline.token.keys", "{\"k\":\"c2VjcmV0\"}"));
        assertThat(TokenSettings.from(settings).orElseThrow().toString()).doesNotContain("c2VjcmV0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "stompline.token.issuer; ''; stompline.token.issuer must be set with stompline.token.keys",
                "stompline.token.audience; ''; stompline.token.audience must be set with stompline.token.keys",
                "stompline.token.keys; http://id.example/jwks; stompline.token.keys must be an https: address",
                "stompline.token.algorithms; none; stompline.token.algorithms must be of RS, PS, ES or HS",
                "stompline.token.algorithms; RS256,None; stompline.token.algorithms must be of RS, PS, ES or HS",
                "stompline.token.algorithms; EdDSA; stompline.token.algorithms must be of RS, PS, ES or HS",
                "stompline.token.algorithms; RS256,HS256; stompline.token.algorithms must not have HS…",
                "stompline.token.skew; PT61S; stompline.token.skew must be a time such as 10s, 500ms or PT10S, or a number of"
                        + " milliseconds, from 0 ms to 60000 ms",
                "stompline.token.grace; soon; stompline.token.grace must be a time such as 10s",
            })
    void token_faultySetting_stopsTheDeployment(String key, String value, String fault) {
        Settings settings = settings(with(COMPLETE, key, value));
        var unused = TokenSettings.from(settings);
        assertThatThrownBy(settings::check).hasMessageContaining(fault);
    }

    @ParameterizedTest
    @ValueSource(strings = {"token", "passcode, token"})
    void loginWays_tokenWithoutKeys_stopTheDeployment(String ways) {
        Settings settings = settings(Map.of("stompline.login.ways", ways));
        var unused = TokenSettings.from(settings);
        assertThatThrownBy(settings::check)
                .hasMessageContaining(
                        "stompline.login.ways has token, so stompline.token.keys must say where the keys are");
    }
}
