package io.stompline.security.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.routing.Destination;
import io.stompline.routing.FakeStore;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StoreQuotaTest {
    private static final int BODY = 1_000 - QueueLedger.MESSAGE_BYTES;
    private static final Destination QUEUE = Destination.queue("q");
    private static final Destination OTHER = Destination.queue("other");
    private static final Destination TOPIC = Destination.topic("t");

    private final AtomicLong nanos = new AtomicLong();
    private final FakeStore store = new FakeStore();

    @Test
    void quota_queuesOfAUser_areLimitedTogether() {
        StoreQuota quota = quota(store.percent(0));
        store.holds(QUEUE, 2_000).holds(OTHER, 2_000);
        assertThat(admits(quota, "ann", QUEUE)).isTrue();
        assertThat(admits(quota, "ann", OTHER)).isTrue();
        assertThat(admits(quota, "ann", QUEUE)).isTrue();
        assertThat(admits(quota, "ann", OTHER)).isFalse();
        assertThat(admits(quota, "bob", OTHER)).isTrue();
    }

    @Test
    void quota_consumedQueue_makesRoom() {
        StoreQuota quota = quota(store.percent(0));
        for (int i = 0; i < 100; i++) {
            assertThat(admits(quota, "ann", QUEUE)).as("message %d", i).isTrue();
        }
        store.holds(QUEUE, 5_000);
        admitAll(quota, QUEUE);
        assertThat(admits(quota, "ann", QUEUE)).isFalse();
        store.holds(QUEUE, 1_500);
        assertThat(admits(quota, "ann", QUEUE)).isTrue();
    }

    @Test
    void quota_excess_namesLimitAndSetting() {
        StoreQuota quota = quota(store.percent(0));
        store.holds(QUEUE, 10_000);
        admitAll(quota, QUEUE);
        Excess excess = quota.admit("ann", QUEUE, BODY, false).orElseThrow();
        assertThat(excess.of()).isEqualTo(Excess.Owner.USER);
        assertThat(excess.detail()).contains("3000", "stompline.queue.max-bytes-per-user");
    }

    @Test
    void quota_messageBrokerNearlyFull_refusesQueuesButNotLiveTopics() {
        StoreQuota quota = quota(store.percent(79));
        assertThat(admits(quota, "ann", QUEUE)).isTrue();
        assertThat(quota.isOpen()).isTrue();
        store.percent(80);
        pass(Duration.ofMillis(21));
        assertThat(quota.isOpen()).isFalse();
        assertThat(quota.admit("ann", QUEUE, BODY, false).orElseThrow())
                .isEqualTo(new Excess(
                        Excess.Owner.BROKER,
                        "the message broker is 80 % full and takes nothing for queues from clients"
                                + " (stompline.queue.max-broker-percent)"));
        assertThat(admits(quota, "ann", TOPIC)).isTrue();
        assertThat(admits(quota, "ann", new Destination(Destination.Kind.TEMP_QUEUE, "x")))
                .isTrue();
    }

    @Test
    void quota_messageBrokerNearlyFull_refusesTopicsThatKeepMuch() {
        StoreQuota quota = quota(store.percent(90));
        store.holds(TOPIC, 2 << 20);
        assertThat(quota.admit("ann", TOPIC, BODY, false).orElseThrow().of()).isEqualTo(Excess.Owner.BROKER);
        store.percent(10);
        pass(Duration.ofMillis(21));
        assertThat(admits(quota, "ann", TOPIC)).isTrue();
    }

    @Test
    void quota_delayedMessagesOfTopics_countLikeThoseInQueues() {
        StoreQuota quota = quota(store.percent(0));
        store.holds(QUEUE, 10_000).holds(TOPIC, 10_000);
        assertThat(admits(quota, "ann", QUEUE)).isTrue();
        assertThat(quota.admit("ann", TOPIC, BODY, true)).isEmpty();
        assertThat(quota.admit("ann", TOPIC, BODY, true)).isEmpty();
        assertThat(quota.admit("ann", TOPIC, BODY, true).orElseThrow().of()).isEqualTo(Excess.Owner.USER);
        assertThat(quota.admit("bob", TOPIC, BODY, true)).isEmpty();
        assertThat(admits(quota, "ann", TOPIC)).as("passes").isTrue();
        store.holds(TOPIC, 0);
        assertThat(quota.admit("ann", TOPIC, BODY, true)).as("delivered").isEmpty();
    }

    @Test
    void quota_delayedMessages_leaveATopicRoomForLiveOnes() {
        StoreQuota quota = quota(store.percent(10));
        store.holds(TOPIC, 8 << 20);
        assertThat(quota.admit("ann", TOPIC, BODY, true)).isEmpty();
        store.holds(TOPIC, (8 << 20) + 1);
        Excess excess = quota.admit("bob", TOPIC, BODY, true).orElseThrow();
        assertThat(excess.of()).isEqualTo(Excess.Owner.BROKER);
        assertThat(excess.detail()).contains("8388608", "later delivery");
        assertThat(admits(quota, "bob", TOPIC)).isTrue();
    }

    @Test
    void quota_messageBrokerNearlyFull_refusesDelayedMessages() {
        StoreQuota quota = quota(store.percent(80));
        Excess excess = quota.admit("ann", TOPIC, BODY, true).orElseThrow();
        assertThat(excess.of()).isEqualTo(Excess.Owner.BROKER);
        assertThat(excess.detail()).contains("later delivery");
        assertThat(admits(quota, "ann", TOPIC)).isTrue();
    }

    @Test
    void quota_messageBrokerWithoutFigures_isUnlimited() {
        StoreQuota quota = quota(store);
        for (int i = 0; i < 100; i++) {
            assertThat(admits(quota, "ann", QUEUE)).isTrue();
        }
    }

    private StoreQuota quota(FakeStore of) {
        return new StoreQuota(3_000, 80, of, nanos::get);
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private static boolean admits(StoreQuota quota, String user, Destination destination) {
        return quota.admit(user, destination, BODY, false).isEmpty();
    }

    private static void admitAll(StoreQuota quota, Destination queue) {
        int admitted = 0;
        while (admits(quota, "ann", queue)) {
            admitted++;
            assertThat(admitted).isLessThan(100);
        }
    }
}
