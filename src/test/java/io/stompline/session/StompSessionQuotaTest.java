package io.stompline.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.frame.Command;
import io.stompline.metrics.Meter;
import io.stompline.routing.BusException;
import io.stompline.routing.Destination;
import io.stompline.routing.InMemoryBus;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What one user may use up. */
class StompSessionQuotaTest {
    private final TestNode node = new TestNode();
    private final TestClient ann = node.connected("ann");

    @Test
    void send_toQueuesThatNobodyConsumes_endsAtTheLimitOfTheUser() {
        node.store.percent(10).holds(Destination.queue("q"), 1_000_000);
        node.clock.pass(Duration.ofMillis(21));
        for (int i = 0; i < 7; i++) {
            ann.publish("/queue/q", "x".repeat(1_000));
        }
        assertThat(ann.received()).containsExactly("error: limit exceeded");
        assertThat(ann.last().body().text().orElseThrow()).contains("stompline.queue.max-bytes-per-user");
        assertThat(node.bus.waiting(Destination.queue("q"))).hasSize(6);
        assertThat(node.count(Meter.SENDS_OVER_QUOTA)).isEqualTo(1);

        TestClient bob = node.connected("bob");
        bob.publish("/queue/q", "1", "receipt", "r");
        assertThat(bob.received()).containsExactly("receipt r");
    }

    @Test
    void send_delayedToATopic_countsLikeASendToAQueue() {
        Destination topic = Destination.topic("t");
        node.store.percent(10).holds(topic, 1_000_000);
        node.clock.pass(Duration.ofMillis(21));
        for (int i = 0; i < 7; i++) {
            ann.publish("/topic/t", "x".repeat(1_000), "delivery-delay", "1000");
        }
        assertThat(ann.received()).containsExactly("error: limit exceeded");
        assertThat(ann.last().body().text().orElseThrow()).contains("wait for their delivery");
    }

    @Test
    void send_whileTheBrokerIsNearlyFull_goesToTopicsOnly() {
        node.store.percent(85);
        TestClient bob = node.connected("bob");
        bob.subscribe("s", "/topic/a");
        node.clock.pass(Duration.ofMillis(21));
        ann.publish("/topic/a", "1");
        assertThat(bob.received()).containsExactly("s: 1");
        ann.send(Command.BEGIN, "transaction", "t");
        ann.publish("/queue/q", "1", "transaction", "t", "receipt", "r");
        assertThat(ann.received()).containsExactly("error: destination full");
        assertThat(ann.last().body().text().orElseThrow()).contains("stompline.queue.max-broker-percent");
        assertThat(ann.last().header("receipt-id")).contains("r");
    }

    @Test
    void send_isCarriedOutAsFastAsTheUserMayOnAllConnections() {
        TestClient other = node.connected("ann");
        TestClient bob = node.connected("bob");
        for (int i = 0; i < 2_000; i++) {
            ann.publish("/topic/a", "x");
        }
        other.publish("/topic/a", "1", "receipt", "r");
        bob.publish("/topic/a", "1", "receipt", "r");
        assertThat(other.received()).as("has to wait").isEmpty();
        assertThat(bob.received()).containsExactly("receipt r");
        other.pass(Duration.ofMillis(100));
        assertThat(other.received()).containsExactly("receipt r");
    }

    @Test
    void subscribe_durable_isRefusedAboveTheLimitOfTheUser() {
        node.store.durables("ann//old");
        subscribeDurable(ann, "a");
        TestClient other = node.connected("ann");
        subscribeDurable(other, "b");
        assertThat(other.received()).containsExactly("error: limit exceeded");
        assertThat(other.last().body().text().orElseThrow()).contains("stompline.durable.max-per-user");

        ann.send(Command.UNSUBSCRIBE, "id", "a", "durable", "true");
        TestClient third = node.connected("ann");
        subscribeDurable(third, "b");
        assertThat(third.received()).isEmpty();
    }

    @Test
    void subscribe_durable_thatFailsTakesNoPlace() {
        node.store.durables("ann//old");
        node.bus.failNext(InMemoryBus.Call.OPEN, new BusException(BusException.Reason.BAD_SELECTOR, "as intended"));
        subscribeDurable(ann, "a");
        assertThat(ann.received()).containsExactly("error: invalid selector");
        TestClient again = node.connected("ann");
        subscribeDurable(again, "b");
        assertThat(again.received()).isEmpty();
    }

    private static void subscribeDurable(TestClient client, String name) {
        client.send(
                Command.SUBSCRIBE,
                "id",
                name,
                "destination",
                "/topic/t",
                "durable",
                "true",
                "name",
                name,
                "ack",
                "client");
    }
}
