package io.stompline.routing.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompline.frame.Body;
import io.stompline.frame.Headers;
import io.stompline.routing.BusException;
import io.stompline.routing.Destination;
import io.stompline.routing.InMemoryBus;
import io.stompline.routing.Message;
import io.stompline.routing.Receiver;
import io.stompline.routing.TopicPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Topics of which messages are kept. */
class RouterRecorderTest {
    private static final Destination CHAT = Destination.topic("chat/**");

    private final InMemoryBus bus = new InMemoryBus();
    private final Numbers numbers = new Numbers();
    private final Router router = new Router(bus, numbers);
    private final List<String> received = new ArrayList<>();

    @Test
    void feed_manyTopicsOfARule_isOne() {
        router.keep(CHAT);
        router.keep(CHAT);
        for (int i = 0; i < 1_000; i++) {
            subscribe("a", "chat/" + i);
        }
        subscribe("b", "chat/*");
        subscribe("c", "chat/**");
        publish("chat/7", "x");
        assertThat(received).containsExactlyInAnyOrder("a x@1", "b x@1", "c x@1");
        assertThat(bus.log()).containsExactly("open /topic/chat/**", "publish x");
    }

    @Test
    void feed_lastSubscriberLeaves_staysOpen() {
        router.keep(CHAT);
        subscribe("a", "chat/a").close();
        assertThat(router.subscribersByTopic()).isEmpty();
        publish("chat/a", "x");
        assertThat(numbers.last).isEqualTo(1);
        assertThat(received).isEmpty();
        assertThat(bus.log()).doesNotContain("close /topic/chat/**");
    }

    @Test
    void keep_messageBrokerIsAway_isTriedAgain() {
        bus.goAway();
        assertThatThrownBy(() -> router.keep(CHAT)).isInstanceOf(BusException.class);
        bus.comeBack();
        router.keep(CHAT);
        publish("chat/a", "x");
        assertThat(numbers.last).isEqualTo(1);
    }

    @Test
    void subscribers_ofTopicsAndPatterns_areCountedByWhatTheyNamed() {
        subscribe("a", "chat/a");
        subscribe("b", "chat/a");
        subscribe("c", "chat/*");
        assertThat(router.subscribersByTopic())
                .containsOnly(Map.entry(Destination.topic("chat/a"), 2), Map.entry(Destination.topic("chat/*"), 1));
    }

    @Test
    void subscriber_ofMoreThanTheRule_getsMessagesWithoutPosition() {
        router.keep(CHAT);
        subscribe("a", "**");
        publish("chat/a", "x");
        assertThat(received).containsExactly("a x");
    }

    @Test
    void interrupted_messageBroker_isToldToRecorderAndSubscribers() {
        List<String> told = new ArrayList<>();
        router.subscribe(Destination.topic("chat/a"), new Receiver<>() {
            @Override
            public void accept(Broadcast next) {
                // Only the gap counts.
            }

            @Override
            public void interrupted() {
                told.add("gap after " + numbers.gaps);
            }
        });
        bus.goAway();
        bus.comeBack();
        assertThat(told).containsExactly("gap after 1");
    }

    private Router.Registration subscribe(String who, String topic) {
        return router.subscribe(
                Destination.topic(topic),
                broadcast -> received.add(who + " "
                        + broadcast.message().body().text().orElseThrow()
                        + broadcast
                                .position()
                                .map(position -> "@" + position.number())
                                .orElse("")));
    }

    private void publish(String topic, String body) {
        bus.publish(Message.of(Destination.topic(topic), Headers.none(), Body.utf8(body), ""));
    }

    /** Numbers the messages of the pattern. */
    private static final class Numbers implements Recorder {
        private long last;
        private int gaps;

        @Override
        public Optional<Destination> covering(Destination topic) {
            return new TopicPattern(CHAT).matches(topic) ? Optional.of(CHAT) : Optional.empty();
        }

        @Override
        public Optional<Broadcast> record(Destination pattern, Message message) {
            last++;
            return Optional.of(new Broadcast(message, message.destination().text(), new Position("node1", last, 0)));
        }

        @Override
        public Broadcast recordForUser(Message message, Destination shownAs) {
            return new Broadcast(message, shownAs.text());
        }

        @Override
        public void interrupted(Destination pattern) {
            gaps++;
        }
    }
}
