package io.stompline.jms.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.jms.link.PumpConsumer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class PumpSlotTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Test
    void keepsNobodyWaitingForAConsumerThatCannotBeStopped() throws Exception {
        CountDownLatch stopping = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        PumpSlot slot = new PumpSlot();
        slot.fill(
                null,
                () -> new PumpConsumer(() -> {}, () -> {
                    stopping.countDown();
                    awaitThat(stopped);
                }));
        CompletableFuture<Void> closing = CompletableFuture.runAsync(slot::close);
        awaitThat(stopping);

        AtomicBoolean started = new AtomicBoolean();
        CompletableFuture.runAsync(() -> fillAgain(slot, started)).get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        assertThat(started).isFalse();
        assertThat(closing).isNotDone();
        stopped.countDown();
        closing.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    private static void fillAgain(PumpSlot slot, AtomicBoolean started) {
        try {
            slot.fill(null, () -> {
                started.set(true);
                return new PumpConsumer(() -> {}, () -> {});
            });
        } catch (jakarta.jms.JMSException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void awaitThat(CountDownLatch latch) {
        try {
            assertThat(latch.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
