package io.stompline.jms.provider;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenMqStoreTest {
    @ParameterizedTest
    @CsvSource({"256m, 268435456", "8M, 8388608", "10k, 10240", "5000b, 5000", "400000, 400000", "-1, 0", "'', 0"})
    void octets_areReadWithTheUnitsOfOpenMq(String size, long octets) {
        assertThat(OpenMqStore.octets(size)).isEqualTo(octets);
    }
}
