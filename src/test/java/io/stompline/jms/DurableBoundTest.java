package io.stompline.jms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompline.LogLines;
import io.stompline.jms.feed.LostMessages;
import io.stompline.jms.feed.OpenFeeds;
import io.stompline.jms.message.DestinationNames;
import io.stompline.jms.provider.DurableBacklogs;
import io.stompline.jms.provider.OpenMqDialect;
import io.stompline.metrics.Metrics;
import io.stompline.routing.BrokerStore;
import io.stompline.routing.BusException;
import io.stompline.routing.BusException.Reason;
import io.stompline.routing.Destination;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DurableBoundTest {
    private static final Destination TOPIC = Destination.topic("news");
    private final BusException full = new BusException(Reason.FULL, "full");

    private final List<Long> asked = new ArrayList<>();
    private int publications;

    @Test
    void publish_fullQueue_isNotTriedAgain() {
        assertThatThrownBy(() -> bound(losingBelow(1_000)).publish(List.of(Destination.queue("q")), this::refuse))
                .isSameAs(full);
        assertThat(publications).isEqualTo(1);
        assertThat(asked).isEmpty();
    }

    @Test
    void publish_topicThatStaysFull_leavesLessAndLessAndIsRefused() {
        assertThatThrownBy(() -> bound(losingBelow(100)).publish(List.of(TOPIC), this::refuse))
                .isSameAs(full);
        assertThat(asked).containsExactly(250L, 62L, 15L, 3L, 0L);
        assertThat(publications).isEqualTo(5);
    }

    @Test
    void publish_nothingToRemove_isNotTriedAgain() {
        assertThatThrownBy(() -> bound(DurableBacklogs.OUT_OF_REACH).publish(List.of(TOPIC), this::refuse))
                .isSameAs(full);
        assertThat(publications).isEqualTo(1);
    }

    @Test
    void publish_roomWasMadeMeanwhile_removesNothingMore() {
        DurableBound bound = bound(losingBelow(300));
        bound.publish(List.of(TOPIC), () -> {
            publications++;
            if (publications == 1) {
                // Another publication finds the topic full, too, and makes room.
                bound.publish(List.of(TOPIC), () -> {
                    publications++;
                    if (publications == 2) {
                        throw full;
                    }
                });
                throw full;
            }
        });
        assertThat(asked).containsExactly(250L);
    }

    @Test
    void publish_otherFailure_isNotTriedAgain() {
        BusException away = new BusException(Reason.UNAVAILABLE, "away");
        assertThatThrownBy(() -> bound(losingBelow(1_000)).publish(List.of(TOPIC), () -> {
                    throw away;
                }))
                .isSameAs(away);
        assertThat(asked).isEmpty();
    }

    @Test
    void enforce_faultOfTheBroker_isLoggedOnce() {
        DurableBound bound = bound(new DurableBacklogs() {
            @Override
            public List<Loss> trim(long maxBytes, long keptBytes) {
                throw new IllegalStateException("as intended");
            }
        });
        try (LogLines log = new LogLines(DurableBound.class)) {
            bound.enforce();
            bound.enforce();
            assertThat(log.warnings()).singleElement().asString().contains("stompline.durable.max-bytes");
        }
    }

    private void refuse() {
        publications++;
        throw full;
    }

    private static DurableBound bound(DurableBacklogs backlogs) {
        return new DurableBound(
                1_000,
                backlogs,
                new HeldMessages(new OpenFeeds(), BrokerStore.UNKNOWN),
                new DestinationNames(new OpenMqDialect()),
                new LostMessages(),
                new Metrics());
    }

    /** A subscription that loses a message whenever less than that is to be left. */
    private DurableBacklogs losingBelow(long bytes) {
        return new DurableBacklogs() {
            @Override
            public List<Loss> trimTopic(String topic, long keptBytes) {
                asked.add(keptBytes);
                return keptBytes < bytes ? List.of(new Loss("ann//n", topic, 1)) : List.of();
            }
        };
    }
}
