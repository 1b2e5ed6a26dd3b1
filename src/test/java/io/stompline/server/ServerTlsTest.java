package io.stompline.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerTlsTest {
    private static final String CERTIFICATE = "stompline.tls.certificate";
    private static final String KEY = "stompline.tls.key";
    private static final String CLIENT_CA = "stompline.tls.client-ca";
    private static final String SELF_SIGNED = "stompline.tls.self-signed";
    private static final String INTERVAL = "stompline.tls.reload-interval";

    @TempDir
    private Path directory;

    @Test
    void tls_noSetting_isOff() throws Exception {
        assertThat(tls(Map.of()).isOn()).isFalse();
        assertThat(tls(Map.of(SELF_SIGNED, "False")).isOn()).isFalse();
    }

    @Test
    void tls_selfSigned_isOnAndKeptInTheData() throws Exception {
        assertThat(tls(Map.of(SELF_SIGNED, "true")).isOn()).isTrue();
        assertThat(directory.resolve("tls/self-signed.p12")).isRegularFile();
    }

    @Test
    void tls_contradiction_isNamed() {
        assertThatThrownBy(() -> tls(Map.of(CERTIFICATE, "a"))).hasMessageContainingAll(CERTIFICATE, KEY, "need");
        assertThatThrownBy(() -> tls(Map.of(KEY, "a"))).hasMessageContainingAll(CERTIFICATE, KEY, "need");
        assertThatThrownBy(() -> tls(Map.of(CERTIFICATE, "a", KEY, "b", SELF_SIGNED, "true")))
                .hasMessageContainingAll(CERTIFICATE, SELF_SIGNED);
        assertThatThrownBy(() -> tls(Map.of(CLIENT_CA, "a"))).hasMessageContainingAll(CLIENT_CA, CERTIFICATE);
        assertThatThrownBy(() -> tls(Map.of(SELF_SIGNED, "yes"))).hasMessage(SELF_SIGNED + " must be true or false");
    }

    @Test
    void interval_withUnitOrInMilliseconds_isRead() throws Exception {
        assertThat(tls(Map.of()).interval()).isEqualTo(Duration.ofMinutes(1));
        assertThat(tls(Map.of(INTERVAL, "5000")).interval()).isEqualTo(Duration.ofSeconds(5));
        assertThat(tls(Map.of(INTERVAL, "30s")).interval()).isEqualTo(Duration.ofSeconds(30));
        assertThat(tls(Map.of(INTERVAL, "PT1H")).interval()).isEqualTo(Duration.ofHours(1));
        for (String wrong : new String[] {"999", "P2D", "soon", "P"}) {
            assertThatThrownBy(() -> tls(Map.of(INTERVAL, wrong))).hasMessageStartingWith(INTERVAL + " must be");
        }
        assertThatThrownBy(() -> tls(Map.of(INTERVAL, "30")))
                .hasMessageEndingWith("; 30 is 30 ms: write 30s for seconds");
    }

    private ServerTls tls(Map<String, String> settings) throws Exception {
        return ServerTls.from(key -> Optional.ofNullable(settings.get(key)), directory);
    }
}
