package io.stompline.jms.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import jakarta.jms.JMSException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class LinkSlotTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Test
    void close_ofAConsumerThatHangs_keepsNobodyWaitingInFill() throws Exception {
        CountDownLatch stopping = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        LinkSlot<PumpConsumer> slot = new LinkSlot<>();
        slot.fill(
                1,
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

    @Test
    void fill_withANewerLink_startsAnewAndReleasesWhatRanBefore() throws Exception {
        LinkSlot<Running> slot = new LinkSlot<>();
        Running first = new Running();
        Running second = new Running();
        slot.fill(1, () -> first);
        slot.fill(2, () -> second);
        slot.fill(2, () -> fail("it runs over this link already"));
        slot.fill(1, () -> fail("this link is older"));
        assertThat(first.seen).containsExactly("release");
        assertThat(second.seen).containsExactly("listenAgain", "listenAgain");
    }

    @Test
    void fill_afterAStartThatFailed_triesAgain() throws Exception {
        LinkSlot<Running> slot = new LinkSlot<>();
        assertThatThrownBy(() -> slot.fill(1, () -> {
                    throw new JMSException("refused by the test");
                }))
                .isInstanceOf(JMSException.class);
        Running started = new Running();
        slot.fill(1, () -> started);
        slot.close();
        slot.close();
        slot.fill(2, () -> fail("it is closed"));
        assertThat(started.seen).containsExactly("close");
    }

    /** Writes down what is done with it. */
    private static final class Running implements LinkSlot.Occupant {
        private final List<String> seen = new ArrayList<>();

        @Override
        public void listenAgain() {
            seen.add("listenAgain");
        }

        @Override
        public void release() {
            seen.add("release");
        }

        @Override
        public void close() {
            seen.add("close");
        }
    }

    private static void fillAgain(LinkSlot<PumpConsumer> slot, AtomicBoolean started) {
        try {
            slot.fill(2, () -> {
                started.set(true);
                return new PumpConsumer(() -> {}, () -> {});
            });
        } catch (JMSException e) {
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
