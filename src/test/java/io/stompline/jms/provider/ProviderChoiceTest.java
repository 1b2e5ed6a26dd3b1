package io.stompline.jms.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompline.config.JmsSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProviderChoiceTest {
    @Test
    void provider_noFactoryNamed_isOpenMq() {
        assertThat(JmsProvider.from(settings(Optional.empty(), Optional.empty())))
                .isInstanceOf(OpenMqProvider.class);
    }

    @Test
    void passwordFile_missing_isNamed() {
        assertThatThrownBy(() -> JmsProvider.from(settings(Optional.empty(), Optional.of(Path.of("/no/such/file")))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("/no/such/file");
    }

    @Test
    void factory_outsideOfThisServer_isNotLookedUp() {
        assertThatThrownBy(() -> JmsProvider.from(settings(Optional.of("ldap://elsewhere/x"), Optional.empty())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("inside this server");
    }

    @Test
    void factory_unknown_isNamed() {
        assertThatThrownBy(() -> JmsProvider.from(settings(Optional.of("jms/Unknown"), Optional.empty())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("jms/Unknown");
    }

    private static JmsSettings settings(Optional<String> connectionFactory, Optional<Path> passwordFile) {
        Duration second = Duration.ofSeconds(1);
        return new JmsSettings(
                "mq://localhost/direct",
                connectionFactory,
                Optional.of("somebody"),
                passwordFile,
                1,
                1_000,
                second,
                second,
                second,
                1,
                Duration.ZERO,
                100,
                0,
                "dead");
    }
}
