package io.stompline.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ConnectionIdsTest {
    @Test
    void connectionIds_areDifferentAndFitIntoAHeader() {
        assertThat(Stream.generate(ConnectionIds::next).limit(1_000))
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("[A-Za-z0-9_-]{22}"));
    }
}
