package io.stompline.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.frame.Body;
import io.stompline.frame.Headers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InMemoryTopicsTest {
    private final InMemoryTopics bus = new InMemoryTopics(() -> Instant.ofEpochMilli(1234));
    private final List<Message> received = new ArrayList<>();

    @Test
    void publish_topic_reachesItsPresentConsumers() {
        bus.publish(message("a", "early"));
        bus.openTopic(Destination.topic("a"), received::add);
        bus.openTopic(Destination.topic("a"), received::add);
        bus.openTopic(Destination.topic("b"), received::add);
        bus.publish(message("a", "1"));
        assertThat(bodies()).containsExactly("1", "1");
    }

    @Test
    void pattern_openTopic_getsMatchingTopics() {
        bus.openTopic(Destination.topic("a/*"), received::add);
        bus.publish(message("a", "no"));
        bus.publish(message("a/b", "yes"));
        bus.publish(message("a/b/c", "no"));
        assertThat(bodies()).containsExactly("yes");
        assertThat(received.get(0).destination()).isEqualTo(Destination.topic("a/b"));
    }

    @Test
    void close_feed_endsItsMessages() {
        Feed plain = bus.openTopic(Destination.topic("a/b"), received::add);
        Feed pattern = bus.openTopic(Destination.topic("a/**"), received::add);
        plain.close();
        plain.close();
        pattern.close();
        bus.publish(message("a/b", "late"));
        assertThat(received).isEmpty();
    }

    @Test
    void publish_idAndTimestamp_areSetAsByTheMessageBroker() {
        bus.openTopic(Destination.topic("a"), received::add);
        Headers forged = Headers.of("timestamp", "1", "redelivered", "true", "colour", "red");
        bus.publish(Message.of(Destination.topic("a"), forged, Body.utf8("x"), "session"));
        bus.publish(message("a", "y"));
        assertThat(received.get(0).headers()).isEqualTo(Headers.of("timestamp", "1234", "colour", "red"));
        assertThat(received.get(0).origin()).isEqualTo("session");
        assertThat(received.get(0).id())
                .isNotEmpty()
                .isNotEqualTo(received.get(1).id());
    }

    @Test
    void receiver_thatFails_disturbsNoOther() {
        bus.openTopic(Destination.topic("a"), message -> {
            throw new IllegalStateException("a fault of the receiver");
        });
        bus.openTopic(Destination.topic("a"), received::add);
        bus.publish(message("a", "x"));
        assertThat(bodies()).containsExactly("x");
    }

    @Test
    void receiver_manyPublishers_isCalledOneAtATimeInTheirOrder() {
        // Not thread-safe: it would lose some.
        bus.openTopic(Destination.topic("a"), received::add);
        CompletableFuture.allOf(IntStream.range(0, 4)
                        .mapToObj(publisher -> CompletableFuture.runAsync(() -> publish(publisher, 2_000)))
                        .toArray(CompletableFuture<?>[]::new))
                .join();
        assertThat(received).hasSize(8_000);
        for (int publisher = 0; publisher < 4; publisher++) {
            String prefix = publisher + ":";
            assertThat(bodies().stream().filter(body -> body.startsWith(prefix)))
                    .containsExactlyElementsOf(IntStream.range(0, 2_000)
                            .mapToObj(number -> prefix + number)
                            .toList());
        }
    }

    private void publish(int publisher, int count) {
        for (int number = 0; number < count; number++) {
            bus.publish(message("a", publisher + ":" + number));
        }
    }

    private List<String> bodies() {
        return received.stream()
                .map(message -> message.body().text().orElseThrow())
                .toList();
    }

    private static Message message(String topic, String body) {
        return Message.of(Destination.topic(topic), Headers.none(), Body.utf8(body), "");
    }
}
