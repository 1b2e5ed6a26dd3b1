package io.stompline.security.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.routing.Destination;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DestinationQuotaTest {
    private final AtomicLong nanos = new AtomicLong();
    private final DestinationQuota quota = new DestinationQuota(2, 2, nanos::get);

    @Test
    void queues_thatAUserSendsTo_areLimited() {
        assertThat(admitsQueue(quota, "ann", "a")).isTrue();
        assertThat(admitsQueue(quota, "ann", "b")).isTrue();
        assertThat(admitsQueue(quota, "ann", "c")).isFalse();
        assertThat(admitsQueue(quota, "ann", "a")).isTrue();
        assertThat(admitsQueue(quota, "bob", "c")).isTrue();
        assertThat(quota.excess("ann", Destination.queue("c"), true))
                .hasValueSatisfying(why ->
                        assertThat(why).contains("more than 2 different queues", "stompline.queue.max-per-user"));
    }

    @Test
    void queues_thatAUserSendsTo_countForEver() {
        assertThat(admitsQueue(quota, "ann", "a")).isTrue();
        assertThat(admitsQueue(quota, "ann", "b")).isTrue();
        nanos.addAndGet(Duration.ofDays(1).toNanos());
        assertThat(admitsQueue(quota, "ann", "c")).isFalse();
    }

    @Test
    void queues_newOneOfManySessionsAtOnce_isAdmittedForAll() {
        DestinationQuota wide = new DestinationQuota(1_000, 2, nanos::get);
        for (int i = 0; i < 1_000; i++) {
            String queue = "q" + i;
            assertThat(IntStream.range(0, 8).parallel().allMatch(session -> admitsQueue(wide, "ann", queue)))
                    .isTrue();
        }
        assertThat(admitsQueue(wide, "ann", "one too many")).isFalse();
    }

    @Test
    void queues_zero_isUnlimited() {
        DestinationQuota none = new DestinationQuota(0, 2, nanos::get);
        for (int i = 0; i < 100; i++) {
            assertThat(admitsQueue(none, "ann", "q" + i)).isTrue();
        }
    }

    @Test
    void topics_differentOnesOfAUser_areLimited() {
        assertThat(admitsTopic(quota, "ann", "a")).isTrue();
        assertThat(admitsTopic(quota, "ann", "b")).isTrue();
        assertThat(admitsTopic(quota, "ann", "c")).isFalse();
        assertThat(admitsTopic(quota, "ann", "a")).isTrue();
        assertThat(admitsTopic(quota, "bob", "c")).isTrue();
        assertThat(quota.excess("ann", Destination.topic("c"), true))
                .hasValueSatisfying(why -> assertThat(why).contains("more than 2", "stompline.topic.max-per-user"));
    }

    @Test
    void topics_afterTwoMinutes_beginAnew() {
        assertThat(admitsTopic(quota, "ann", "a")).isTrue();
        nanos.addAndGet(Duration.ofMinutes(2).toNanos() - 1);
        assertThat(admitsTopic(quota, "ann", "b")).isTrue();
        assertThat(admitsTopic(quota, "ann", "c")).isFalse();
        nanos.incrementAndGet();
        assertThat(admitsTopic(quota, "ann", "c")).isTrue();
        assertThat(admitsTopic(quota, "ann", "d")).isTrue();
        assertThat(admitsTopic(quota, "ann", "a")).isFalse();
    }

    @Test
    void topics_zero_isUnlimited() {
        DestinationQuota none = new DestinationQuota(2, 0, nanos::get);
        for (int i = 0; i < 100; i++) {
            assertThat(admitsTopic(none, "ann", "t" + i)).isTrue();
        }
    }

    private static boolean admitsQueue(DestinationQuota asked, String user, String queue) {
        return asked.excess(user, Destination.queue(queue), true).isEmpty();
    }

    private static boolean admitsTopic(DestinationQuota asked, String user, String topic) {
        return asked.excess(user, Destination.topic(topic), false).isEmpty();
    }
}
