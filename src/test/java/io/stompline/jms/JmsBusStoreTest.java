package io.stompline.jms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stompline.routing.BrokerStore;
import io.stompline.routing.BrokerStore.Fill;
import io.stompline.routing.Delivery;
import io.stompline.routing.Destination;
import io.stompline.routing.Feed;
import java.util.concurrent.BlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What a broker in this JVM tells of what it keeps. */
@ParameterizedClass
@EnumSource(value = EmbeddedBroker.Mode.class, names = "DIRECT")
class JmsBusStoreTest extends BusTest {
    private static final int BODY = 10_000;

    @Test
    void fill_growsAndShrinksWithWhatIsKept() {
        Fill before = bus.store().fill().orElseThrow();
        for (int i = 0; i < 10; i++) {
            bus.publish(text(queue, "x".repeat(BODY)));
        }
        Fill after = bus.store().fill().orElseThrow();
        assertThat(after.bytes() - before.bytes()).isBetween(10L * BODY, 11L * BODY);
        assertThat(after.messages() - before.messages()).isEqualTo(10);
        assertThat(bus.store().bytesIn(queue)).hasValue(after.bytes() - before.bytes());

        open(automatic(queue));
        await().untilAsserted(() -> assertThat(bus.store().bytesIn(queue)).hasValue(0));
    }

    @Test
    void bytesIn_isNothingForWhatIsNotThere() {
        assertThat(bus.store().bytesIn(Destination.queue("not-there-" + name))).hasValue(0);
    }

    @Test
    void bytesIn_countsWhatADurableSubscriptionKeeps() {
        Feed feed = open(durable(topic, name), new Receiver<>());
        feed.close();
        bus.publish(text(topic, "x".repeat(BODY)));
        assertThat(bus.store().bytesIn(topic).orElseThrow()).isGreaterThan(BODY);
    }

    @Test
    void bytesIn_countsWhatATopicHoldsBackForItsSubscribers() {
        open(selected(topic, "type = 'x'"));
        bus.publish(text(topic, "x".repeat(BODY), "delivery-delay", "60000", "type", "x"));
        assertThat(bus.store().bytesIn(topic).orElseThrow()).isGreaterThan(BODY);
    }

    @Test
    void durableNames_areThoseInUseAndThoseLeftBehind() {
        BlockingQueue<Delivery> received = new Receiver<>();
        Feed left = open(durable(topic, "ann//a" + name), received);
        left.close();
        Feed used = open(durable(topic, "ann//b" + name), received);
        assertThat(bus.store().durableNames().orElseThrow()).contains("ann//a" + name, "ann//b" + name);
        used.closeAndForget();
        assertThat(bus.store().durableNames().orElseThrow())
                .contains("ann//a" + name)
                .doesNotContain("ann//b" + name);
    }

    @Test
    void percent_isOfWhateverIsMore() {
        assertThat(new Fill(50, 100, 1, 10).percent()).isEqualTo(50);
        assertThat(new Fill(50, 100, 9, 10).percent()).isEqualTo(90);
        assertThat(new Fill(50, -1, 9, 0).percent()).isZero();
        assertThat(BrokerStore.UNKNOWN.fill()).isEmpty();
    }
}
