package io.stompline.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InfoJsonTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\":\"Ann\",\"tags\":[1,2.5e3,null,true]}",
                " \"text\" ",
                "null",
                "{\"__proto__\":{\"a\":1}}"
            })
    void info_anyJson_isTaken(String info) {
        assertThat(InfoJson.fault(info)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "{",
                "{}}",
                "{},{}",
                "1 2",
                "{\"a\":1,\"a\":2}",
                "{'a':1}",
                "NaN",
                "[1,]",
                "// no\n1",
                "1],\"left\":[2",
                "}",
                "nul",
                "\uFEFF{}"
            })
    void info_noJson_isRefused(String info) {
        assertThat(InfoJson.fault(info)).isPresent();
    }

    @Test
    void info_size_isCountedInOctets() {
        assertThat(InfoJson.fault("\"" + "x".repeat(1022) + "\"")).isEmpty();
        assertThat(InfoJson.fault("\"" + "x".repeat(1023) + "\"")).contains("has more than 1024 octets");
        assertThat(InfoJson.fault("\"" + "é".repeat(511) + "\"")).isEmpty();
        assertThat(InfoJson.fault("\"" + "é".repeat(512) + "\"")).isPresent();
    }

    @Test
    void info_nesting_isWhatReadersOfOthersBear() {
        assertThat(InfoJson.fault("[".repeat(32) + "]".repeat(32))).isEmpty();
        assertThat(InfoJson.fault("[".repeat(33) + "]".repeat(33)).orElseThrow())
                .startsWith("is nested more than 32 deep");
        assertThat(InfoJson.fault("[".repeat(512) + "]".repeat(512))).isPresent();
    }

    @Test
    void member_nameWithQuotes_staysAName() {
        Member member = new Member("a\",\"sessions\":9,\"b\":\"", 1, Optional.empty(), Instant.EPOCH);
        assertThat(InfoJson.of(member))
                .isEqualTo("{\"user\":\"a\\\",\\\"sessions\\\":9,\\\"b\\\":\\\"\",\"sessions\":1,\"info\":null,"
                        + "\"since\":\"1970-01-01T00:00:00Z\"}");
    }
}
