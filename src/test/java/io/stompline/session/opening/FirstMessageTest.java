package io.stompline.session.opening;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FirstMessageTest {
    @ParameterizedTest
    @CsvSource({
        "6, true",
        "7, true",
        "8, false",
        "'', false",
        "-1, false",
        "seven, false",
        "7.0, false",
        "9999999999999999999999, false"
    })
    void firstMessage_coversVersionsUpToItsOwn(String version, boolean covered) {
        FirstMessage snapshot = new FirstMessage(Messages.message("all"), OptionalLong.of(7));
        assertThat(snapshot.covered().test(Messages.versioned("live", version))).isEqualTo(covered);
    }

    @Test
    void firstMessage_withoutVersion_coversNothing() {
        FirstMessage snapshot = new FirstMessage(Messages.message("all"), OptionalLong.empty());
        assertThat(snapshot.covered().test(Messages.versioned("live", "1"))).isFalse();
    }
}
