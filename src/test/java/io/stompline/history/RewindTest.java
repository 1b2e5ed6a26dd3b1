package io.stompline.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.routing.hub.Position;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RewindTest {
    @Test
    void parse_eachForm_isRead() {
        assertThat(Rewind.parse("next")).contains(new Rewind.Next());
        assertThat(Rewind.parse("first")).contains(new Rewind.First());
        assertThat(Rewind.parse("last")).contains(new Rewind.Last(1));
        assertThat(Rewind.parse("last=20")).contains(new Rewind.Last(20));
        assertThat(Rewind.parse("timestamp=1795899123"))
                .contains(new Rewind.Since(Instant.ofEpochSecond(1_795_899_123L)));
        assertThat(Rewind.parse("after=k.7.5")).contains(new Rewind.After(new Position("k", 7, 5)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "First",
                "last=0",
                "last=-1",
                "last=1000000",
                "last=x",
                "timestamp=",
                "timestamp=1795899123456",
                "after=",
                "after=7",
                "offset=7",
                "7",
                "=",
                "next=1",
                "last=20 "
            })
    void parse_anythingElse_isNone(String text) {
        assertThat(Rewind.parse(text)).isEmpty();
    }
}
