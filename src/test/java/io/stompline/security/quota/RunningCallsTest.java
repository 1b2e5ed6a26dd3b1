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

    /** Of two users with slow handlers the second waits at 16; who has no call yet begins one all the same. */
    @Test
    void begin_manyOfSeveralUsers_leavesThreadsForTheFirstCallOfOthersAndForFramesWithoutOne() {
        begin("ann", RunningCalls.MAX_OF_USER);
        begin("bob", RunningCalls.MAX - RunningCalls.MAX_OF_USER);
        assertThat(calls.begin("bob")).isFalse();
        for (int i = RunningCalls.MAX; i < RunningCalls.MAX_WITH_FIRST; i++) {
            assertThat(calls.begin("user" + i)).isTrue();
            assertThat(calls.begin("user" + i)).isFalse();
        }
        assertThat(calls.begin("one-more")).isFalse();
        calls.end("ann");
        assertThat(calls.hasRoom("bob")).isFalse();
        assertThat(calls.begin("one-more")).isTrue();
        for (int i = RunningCalls.MAX; i < RunningCalls.MAX_WITH_FIRST; i++) {
            calls.end("user" + i);
        }
        assertThat(calls.hasRoom("bob")).isFalse();
        calls.end("one-more");
        assertThat(calls.begin("bob")).isTrue();
        assertThat(calls.begin("bob")).isFalse();
    }

    private void begin(String user, int count) {
        for (int i = 0; i < count; i++) {
            assertThat(calls.begin(user)).isTrue();
        }
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
