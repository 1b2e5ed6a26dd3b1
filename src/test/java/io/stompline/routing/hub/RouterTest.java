package io.stompline.routing.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompline.frame.Body;
import io.stompline.frame.Headers;
import io.stompline.routing.BusException;
import io.stompline.routing.Destination;
import io.stompline.routing.InMemoryBus;
import io.stompline.routing.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RouterTest {
    private static final Destination TOPIC = Destination.topic("t");

    private final InMemoryBus bus = new InMemoryBus();
    private final Router router = new Router(bus, Recorder.NONE);
    private final List<String> received = new ArrayList<>();

    @Test
    void feed_manySubscribersOfATopic_isOne() {
        subscribe("a", TOPIC);
        subscribe("b", TOPIC);
        publish("1");
        assertThat(received).containsExactly("a1", "b1");
        assertThat(bus.log()).containsExactly("open /topic/t", "publish 1");
        assertThat(router.subscribersByTopic()).hasSize(1);
    }

    @Test
    void feed_patternAndTopicThatItMatches_areTwo() {
        subscribe("a", TOPIC);
        subscribe("b", Destination.topic("*"));
        publish("1");
        assertThat(received).containsExactlyInAnyOrder("a1", "b1");
        assertThat(router.subscribersByTopic()).hasSize(2);
    }

    @Test
    void feed_lastSubscriberLeaves_isClosed() {
        Router.Registration first = subscribe("a", TOPIC);
        Router.Registration second = subscribe("b", TOPIC);
        first.close();
        first.close();
        publish("1");
        assertThat(received).containsExactly("b1");
        second.close();
        assertThat(bus.log()).containsExactly("open /topic/t", "publish 1", "close /topic/t");
        assertThat(router.subscribersByTopic()).isEmpty();
    }

    @Test
    void feed_subscriberAfterTheLastLeft_isOpenedAgain() {
        subscribe("a", TOPIC).close();
        subscribe("b", TOPIC);
        publish("1");
        assertThat(received).containsExactly("b1");
    }

    @Test
    void feed_failedOpen_leavesNothingBehind() {
        bus.failNext(InMemoryBus.Call.OPEN_TOPIC, new BusException(BusException.Reason.REFUSED, "as intended"));
        assertThatThrownBy(() -> subscribe("a", TOPIC)).isInstanceOf(BusException.class);
        assertThat(router.subscribersByTopic()).isEmpty();
        subscribe("b", TOPIC);
        publish("1");
        assertThat(received).containsExactly("b1");
    }

    @Test
    void subscribe_sameCallbackTwice_isCalledTwice() {
        subscribe("a", TOPIC);
        Router.Registration second = subscribe("a", TOPIC);
        publish("1");
        second.close();
        publish("2");
        assertThat(received).containsExactly("a1", "a1", "a2");
    }

    /** Each worker must get what it publishes while it is subscribed, whoever comes and goes beside it. */
    @Test
    void subscribe_othersComeAndGo_losesNoMessage() throws Exception {
        InMemoryBus direct = new InMemoryBus(() -> Runnable::run);
        Router busy = new Router(direct, Recorder.NONE);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Callable<Integer>> workers = IntStream.range(0, 8)
                .<Callable<Integer>>mapToObj(worker -> () -> rounds(busy, direct, "w" + worker))
                .toList();
        for (Future<Integer> missed : threads.invokeAll(workers, 60, TimeUnit.SECONDS)) {
            assertThat(missed.get()).isZero();
        }
        threads.shutdown();
        assertThat(busy.subscribersByTopic()).isEmpty();
        assertThat(direct.log().stream().filter(event -> event.startsWith("open")))
                .hasSameSizeAs(direct.log().stream()
                        .filter(event -> event.startsWith("close"))
                        .toList());
    }

    private static int rounds(Router busy, InMemoryBus direct, String own) {
        int missed = 0;
        for (int round = 0; round < 300; round++) {
            List<String> mine = new ArrayList<>();
            String body = own + "-" + round;
            Router.Registration registration = busy.subscribe(TOPIC, broadcast -> {
                if (InMemoryBus.body(broadcast.message()).equals(body)) {
                    mine.add(body);
                }
            });
            direct.publish(message(body));
            registration.close();
            missed += mine.size() == 1 ? 0 : 1;
        }
        return missed;
    }

    private Router.Registration subscribe(String name, Destination topic) {
        return router.subscribe(topic, broadcast -> received.add(name + InMemoryBus.body(broadcast.message())));
    }

    private void publish(String body) {
        bus.publish(message(body));
    }

    private static Message message(String body) {
        return Message.of(TOPIC, Headers.none(), Body.utf8(body), "");
    }
}
