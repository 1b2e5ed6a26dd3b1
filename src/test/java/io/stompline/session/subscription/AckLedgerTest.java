package io.stompline.session.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stompline.routing.Delivery;
import io.stompline.routing.Message;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class AckLedgerTest {
    private final AckLedger ledger = new AckLedger(3);

    @Test
    void take_oneOrCumulative_takesOneOrAllBefore() {
        enter("1", "2", "3");
        assertThat(ledger.take("2", false).keySet()).containsExactly("2");
        assertThat(ledger.take("3", true).keySet()).containsExactly("1", "3");
        assertThat(ledger.take("1", false)).isEmpty();
    }

    @Test
    void putBack_afterAbort_precedesLaterEntries() {
        enter("1", "2");
        var taken = ledger.take("2", true);
        enter("3");
        ledger.putBack(taken);
        assertThat(ledger.take("3", true).keySet()).containsExactly("1", "2", "3");
    }

    @Test
    void putBack_anyOrder_restoresEachPlace() {
        enter("1", "2", "3");
        var first = ledger.take("1", true);
        var second = ledger.take("2", true);
        ledger.putBack(first);
        ledger.putBack(second);
        assertThat(ledger.take("1", true).keySet()).containsExactly("1");
        assertThat(ledger.take("3", true).keySet()).containsExactly("2", "3");
    }

    @Test
    void take_cumulativeUpToWhatIsSettled_takesWhatAnAbortPutBackBeforeIt() {
        enter("1", "2", "3");
        var aborted = ledger.take("1", true);
        ledger.take("3", true);
        enter("4");
        ledger.putBack(aborted);
        assertThat(ledger.take("3", true).keySet()).containsExactly("1");
        assertThat(ledger.take("3", true)).isEmpty();
    }

    @Test
    void enter_fullOrClosed_isRefused() {
        enter("1", "2", "3");
        assertThat(ledger.enter("4", Optional.empty())).isFalse();
        ledger.close();
        assertThat(ledger.take("1", false))
                .as("what is open may still be acknowledged")
                .hasSize(1);
        assertThat(ledger.enter("5", Optional.empty())).isFalse();
    }

    @Test
    void holdBack_deliveries_areRefusedOthersAreNot() {
        enter("1");
        ledger.holdBack();
        assertThat(ledger.enter("2", Optional.of(new NoDelivery()))).isFalse();
        enter("3");
        assertThat(ledger.take("3", true).keySet()).containsExactly("1", "3");
    }

    @Test
    void holdBack_threadThatAwaitsRoom_waitsUntilTheClose() {
        ledger.holdBack();
        CompletableFuture<Boolean> room = new CompletableFuture<>();
        Thread feed = new Thread(() -> room.complete(hasRoomAtLast()));
        feed.start();
        await().until(() -> feed.getState() == Thread.State.WAITING);
        enter("1");
        ledger.take("1", false);
        await().until(() -> feed.getState() == Thread.State.WAITING);
        ledger.close();
        assertThat(room).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(false);
    }

    private boolean hasRoomAtLast() {
        try {
            return ledger.awaitRoom();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void enter(String... ids) {
        for (String id : List.of(ids)) {
            assertThat(ledger.enter(id, Optional.empty())).isTrue();
        }
    }

    private static final class NoDelivery implements Delivery {
        @Override
        public Message message() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isGivenBack() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean acknowledge() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean reject(boolean requeue, String reason) {
            throw new UnsupportedOperationException();
        }
    }
}
