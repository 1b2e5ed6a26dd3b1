package io.stompline.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompline.WithoutLibrary;
import io.stompline.config.Settings;
import io.stompline.security.token.TestTokens;
import io.stompline.security.token.TokenSettings;
import io.stompline.security.token.TokenVerifier;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenCheckTest {
    private static final Map<String, String> OF_MICROPROFILE = Map.of(
            "mp.jwt.verify.issuer", "https://id.example",
            "mp.jwt.verify.audiences", "stompline");

    private static Map<String, String> with(String key, String value) {
        Map<String, String> set = new HashMap<>(OF_MICROPROFILE);
        set.put(key, value);
        return set;
    }

    private static TokenVerifier check(Map<String, String> set) {
        Optional<TokenSettings> settings = TokenSettings.from(new Settings(key -> Optional.ofNullable(set.get(key))));
        try (OpenParts open = new OpenParts()) {
            return TokenCheck.of(settings, Thread::new, open);
        }
    }

    @Test
    void tokens_noKeys_areRefused() {
        assertThat(check(Map.of())).isSameAs(TokenVerifier.NONE);
    }

    @Test
    void tokens_keys_areChecked() {
        assertThat(check(with("stompline.token.keys", TestTokens.jwks(TestTokens.key("k")))))
                .isNotSameAs(TokenVerifier.NONE);
    }

    @Test
    void tokens_wrongKeys_stopTheStartUnlessTheyAreOfMicroProfile() {
        assertThatThrownBy(() -> check(with("stompline.token.keys", "/no/such/file.pem")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("stompline.token.keys: no keys in /no/such/file.pem: ");
        assertThat(check(with("mp.jwt.verify.publickey.location", "/no/such/file.pem")))
                .isSameAs(TokenVerifier.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://id.example/jwks", "{\"keys\":[]}"})
    void tokens_serverWithoutTheLibrary_sayWhatIsMissing(String keys) {
        Map<String, String> set = with("stompline.token.keys", keys);
        assertThatThrownBy(() -> checkWithout("com.nimbusds.", set))
                .hasMessage("stompline.token.keys: this server has no Nimbus JOSE + JWT, which Payara has; put"
                        + " com.nimbusds:nimbus-jose-jwt into the application");
    }

    /** The same in a class loader that does not have a library. */
    private static void checkWithout(String library, Map<String, String> set) throws Throwable {
        ClassLoader server = new WithoutLibrary(library);
        Function<String, Optional<String>> source = key -> Optional.ofNullable(set.get(key));
        Object settings = server.loadClass(Settings.class.getName())
                .getConstructor(Function.class)
                .newInstance(source);
        Object tokens =
                method(server.loadClass(TokenSettings.class.getName()), "from").invoke(null, settings);
        var constructor = server.loadClass(OpenParts.class.getName()).getDeclaredConstructor();
        constructor.setAccessible(true);
        ThreadFactory threads = Thread::new;
        try (AutoCloseable open = (AutoCloseable) constructor.newInstance()) {
            method(server.loadClass(TokenCheck.class.getName()), "of").invoke(null, tokens, threads, open);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static Method method(Class<?> type, String name) {
        Method found = Arrays.stream(type.getDeclaredMethods())
                .filter(method -> method.getName().equals(name))
                .findFirst()
                .orElseThrow();
        found.setAccessible(true);
        return found;
    }
}
