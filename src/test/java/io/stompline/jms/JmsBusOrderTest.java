package io.stompline.jms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stompline.routing.Destination;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(EmbeddedBroker.Mode.class)
class JmsBusOrderTest extends BusTest {
    private static final int PUBLISHERS = 16;
    private static final int MESSAGES = 8_000;
    private static final int MESSAGES_AHEAD = 800;

    @Test
    void order_ofEachPublisher_isKeptUnderLoad() {
        List<Queue<Integer>> received = IntStream.range(0, PUBLISHERS)
                .<Queue<Integer>>mapToObj(i -> new ConcurrentLinkedQueue<>())
                .toList();
        for (int i = 0; i < PUBLISHERS; i++) {
            Queue<Integer> mine = received.get(i);
            bus.openTopic(topic(i), message -> mine.add(Integer.valueOf(body(message))));
        }
        CompletableFuture.allOf(IntStream.range(0, PUBLISHERS)
                        .mapToObj(i -> CompletableFuture.runAsync(() -> publish(topic(i), received.get(i))))
                        .toArray(CompletableFuture[]::new))
                .join();
        List<Integer> inOrder = IntStream.range(0, MESSAGES).boxed().toList();
        for (Queue<Integer> one : received) {
            await().until(() -> one.size() == MESSAGES);
            assertThat(List.copyOf(one)).isEqualTo(inOrder);
        }
    }

    private Destination topic(int i) {
        return Destination.topic(name + i);
    }

    /** Not so many at a time that the destination is full. */
    private void publish(Destination to, Queue<Integer> arrived) {
        for (int i = 0; i < MESSAGES; i++) {
            if (i % MESSAGES_AHEAD == 0) {
                int published = i;
                await().pollInterval(Duration.ofMillis(1)).until(() -> arrived.size() == published);
            }
            bus.publish(text(to, Integer.toString(i)));
        }
    }
}
