package io.stompline.beans.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class ResultTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Test
    void value_ofAnything_isItself() throws Throwable {
        assertThat(Result.value("there", LIMIT)).isEqualTo("there");
        assertThat(Result.value(null, LIMIT)).isNull();
    }

    @Test
    void value_ofOptionalAndStage_isTheirs() throws Throwable {
        assertThat(Result.value(Optional.of("there"), LIMIT)).isEqualTo("there");
        assertThat(Result.value(Optional.empty(), LIMIT)).isNull();
        assertThat(Result.value(CompletableFuture.completedStage("there"), LIMIT))
                .isEqualTo("there");
        assertThat(Result.value(CompletableFuture.completedStage(Optional.of("there")), LIMIT))
                .isEqualTo("there");
        FutureTask<String> task = new FutureTask<>(() -> "there");
        task.run();
        assertThat(Result.value(task, LIMIT)).isEqualTo("there");
    }

    @Test
    void value_ofStageThatIsCompletedLater_isAwaited() throws Throwable {
        assertThat(Result.value(CompletableFuture.supplyAsync(() -> "there"), LIMIT))
                .isEqualTo("there");
    }

    @Test
    void value_ofFailedStage_failsWithItsCause() {
        IllegalStateException cause = new IllegalStateException("no");
        assertThatThrownBy(
                        () -> Result.value(CompletableFuture.failedFuture(cause).thenApply(Object::toString), LIMIT))
                .isSameAs(cause);
    }

    @Test
    void value_ofStageThatIsNeverCompleted_isGivenUp() {
        assertThatThrownBy(() -> Result.value(new CompletableFuture<>(), Duration.ofMillis(1)))
                .isInstanceOf(HandlerTimeout.class)
                .hasMessageContaining("1 ms (stompline.handler-timeout)");
    }
}
