package io.stompline.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompline.frame.Body;
import io.stompline.frame.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The twin keeps the promises of the port, so that what is tested with it holds for the other. */
class InMemoryBusTest {
    private static final Destination QUEUE = Destination.queue("q");
    private static final Destination TOPIC = Destination.topic("a/b");

    private final InMemoryBus bus = new InMemoryBus();
    private final List<String> received = new ArrayList<>();
    private final List<Delivery> deliveries = new ArrayList<>();

    @Test
    void openTopic_patterns_getMatchingTopics() {
        for (String pattern : List.of("a/b", "a/*", "a/**", "*/b", "**", "a", "a/b/*", "a/b/**", "b/**")) {
            bus.openTopic(Destination.topic(pattern), message -> received.add(pattern));
        }
        bus.publish(message(TOPIC, "1"));
        assertThat(received).containsExactly("a/b", "a/*", "a/**", "*/b", "**");
    }

    @Test
    void prefetch_twoConsumers_takeTurnsUpToTheirPrefetch() {
        open(request(QUEUE, 1));
        open(request(QUEUE, 1));
        publish("1", "2", "3");
        assertThat(received).containsExactly("1", "2");
        deliveries.get(1).acknowledge();
        assertThat(received).containsExactly("1", "2", "3");
    }

    @Test
    void close_unsettledDeliveries_comeAgainInOrder() {
        Feed feed = open(request(QUEUE, 10));
        publish("1", "2", "3");
        deliveries.get(1).acknowledge();
        feed.close();
        assertThat(bus.waiting(QUEUE)).containsExactly("1", "3");
        deliveries.get(0).acknowledge();
        open(request(QUEUE, 10));
        assertThat(received).containsExactly("1", "2", "3", "1 again", "3 again");
    }

    @Test
    void reject_tooOften_goesToTheDeadMessages() {
        open(request(QUEUE, 10));
        publish("1");
        for (int i = 0; i < InMemoryBus.MAX_DELIVERIES; i++) {
            deliveries.get(i).reject(true, "");
        }
        assertThat(received).hasSize(InMemoryBus.MAX_DELIVERIES);
        assertThat(bus.dead()).containsExactly("1");
    }

    @Test
    void durable_closedFeed_keepsMessagesUntilForgotten() {
        FeedRequest durable = new FeedRequest(TOPIC, true, Optional.empty(), Optional.of("mine"), Optional.empty(), 10);
        Feed first = open(durable);
        assertThatThrownBy(() -> open(durable)).isInstanceOf(BusException.class);
        first.close();
        bus.publish(message(TOPIC, "1"));
        Feed second = open(durable);
        assertThat(received).containsExactly("1");
        second.closeAndForget();
        bus.publish(message(TOPIC, "2"));
        open(durable);
        assertThat(received).containsExactly("1");
    }

    @Test
    void outage_whileAway_refusesThenRedelivers() {
        open(request(QUEUE, 10));
        publish("1");
        bus.goAway();
        assertThatThrownBy(() -> publish("2")).isInstanceOf(BusException.class);
        bus.comeBack();
        assertThat(received).containsExactly("1", "1 again");
    }

    @Test
    void commit_failure_changesNothing() {
        open(request(QUEUE, 1));
        publish("1");
        bus.failNext(InMemoryBus.Call.COMMIT, new BusException(BusException.Reason.FULL, "as intended"));
        List<Message> publications = List.of(message(QUEUE, "2"));
        assertThatThrownBy(() -> bus.commit(publications, deliveries)).isInstanceOf(BusException.class);
        assertThat(received).containsExactly("1");
        bus.commit(publications, List.copyOf(deliveries));
        assertThat(received).containsExactly("1", "2");
    }

    private Feed open(FeedRequest request) {
        return bus.open(request, delivery -> {
            boolean again = delivery.message().headers().has("redelivered");
            received.add(InMemoryBus.body(delivery.message()) + (again ? " again" : ""));
            deliveries.add(delivery);
        });
    }

    private void publish(String... bodies) {
        for (String body : bodies) {
            bus.publish(message(QUEUE, body));
        }
    }

    private static FeedRequest request(Destination destination, int prefetch) {
        return new FeedRequest(destination, true, Optional.empty(), Optional.empty(), Optional.empty(), prefetch);
    }

    private static Message message(Destination destination, String body) {
        return Message.of(destination, Headers.none(), Body.utf8(body), "");
    }
}
