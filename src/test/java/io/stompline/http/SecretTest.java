package io.stompline.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class SecretTest {
    private final Secret secret = new Secret();

    @Test
    void secret_shown_isKnown() {
        assertThat(secret.is(Optional.of(secret.text()))).isTrue();
        assertThat(secret.is(Optional.of(secret.text() + "A"))).isFalse();
        assertThat(secret.is(Optional.of(new Secret().text()))).isFalse();
        assertThat(secret.is(Optional.of(""))).isFalse();
        assertThat(secret.is(Optional.empty())).isFalse();
    }
}
