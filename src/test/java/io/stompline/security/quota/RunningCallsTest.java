package io.stompline.security.quota;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RunningCallsTest {
    private final RunningCalls calls = new RunningCalls();

    @Test
    void begin_beyondTheLimit_waitsUntilOneOfTheUserEnds() {
        for (int i = 0; i < RunningCalls.MAX_OF_USER; i++) {
            assertThat(calls.begin("ann")).isTrue();
        }
        assertThat(calls.begin("ann")).isFalse();
        assertThat(calls.hasRoom("ann")).isFalse();
        assertThat(calls.begin("bob")).isTrue();
        calls.end("bob");
        assertThat(calls.hasRoom("ann")).isFalse();
        calls.end("ann");
        assertThat(calls.hasRoom("ann")).isTrue();
        assertThat(calls.begin("ann")).isTrue();
        assertThat(calls.begin("ann")).isFalse();
    }

    @Test
    void end_ofAll_givesAllBack() {
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < RunningCalls.MAX_OF_USER; i++) {
                assertThat(calls.begin("ann")).isTrue();
            }
            for (int i = 0; i < RunningCalls.MAX_OF_USER; i++) {
                calls.end("ann");
            }
        }
    }
}
