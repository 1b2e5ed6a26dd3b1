package io.stompline.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompline.frame.Body;
import io.stompline.frame.Headers;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SplitBusTest {
    private static final Destination LOCAL = Destination.topic("cursors/7");
    private static final Destination BRIDGED = Destination.topic("news");

    private final Bridged bridged = new Bridged();
    private final SplitBus bus = new SplitBus(
            bridged,
            new InMemoryTopics(InstantSource.system()),
            new LocalTopics(List.of(new TopicPattern(Destination.topic("cursors/**")))));
    private final List<Destination> received = new ArrayList<>();

    @Test
    void localTopic_publish_doesNotReachTheMessageBroker() {
        bus.openTopic(LOCAL, this::receive);
        bus.publish(to(LOCAL));
        assertThat(received).containsExactly(LOCAL);
        assertThat(bridged.opened).isEmpty();
        assertThat(bridged.published).isEmpty();
    }

    @Test
    void otherDestinations_openAndPublish_reachTheMessageBroker() {
        bus.openTopic(BRIDGED, this::receive);
        bus.publish(to(BRIDGED));
        bus.publish(to(Destination.queue("cursors/7")));
        assertThat(bridged.opened).containsExactly(BRIDGED);
        assertThat(bridged.published).containsExactly(BRIDGED, Destination.queue("cursors/7"));
    }

    @Test
    void pattern_localAndBridgedTopics_getsBoth() {
        Destination everything = Destination.topic("**");
        Feed feed = bus.openTopic(everything, this::receive);
        bus.publish(to(LOCAL));
        bus.publish(to(BRIDGED));
        assertThat(received).containsExactly(LOCAL, BRIDGED);
        assertThat(feed.address()).isEqualTo(everything);
        feed.close();
        bus.publish(to(LOCAL));
        assertThat(received).hasSize(2);
        assertThat(bridged.closed).containsExactly(everything);
    }

    @Test
    void pattern_localTopicsOnly_doesNotReachTheMessageBroker() {
        bus.openTopic(Destination.topic("cursors/*"), this::receive);
        bus.publish(to(LOCAL));
        assertThat(received).containsExactly(LOCAL);
        assertThat(bridged.opened).isEmpty();
    }

    @Test
    void commit_localTopics_areSentAfterTheMessageBrokerCommitted() {
        bus.openTopic(LOCAL, this::receive);
        bus.commit(List.of(to(LOCAL), to(BRIDGED)), List.of());
        assertThat(bridged.published).containsExactly(BRIDGED);
        assertThat(received).containsExactly(LOCAL);
        bridged.failing = true;
        assertThatThrownBy(() -> bus.commit(List.of(to(LOCAL), to(BRIDGED)), List.of()))
                .isInstanceOf(BusException.class);
        assertThat(received).hasSize(1);
    }

    @Test
    void deliveryDelay_ofALocalTopic_isRefusedBeforeAnythingTakesEffect() {
        Message delayed = Message.of(LOCAL, Headers.of("delivery-delay", "5000"), Body.empty(), "");
        bus.openTopic(LOCAL, this::receive);
        List<Runnable> ways = List.of(
                () -> bus.publish(delayed),
                () -> bus.check(delayed),
                () -> bus.commit(List.of(to(BRIDGED), delayed), List.of()));
        for (Runnable way : ways) {
            assertThatThrownBy(way::run)
                    .isInstanceOf(BusException.class)
                    .hasMessageContaining("delivery-delay")
                    .hasMessageContaining("stompline.local-topics");
        }
        assertThat(received).isEmpty();
        assertThat(bridged.published).isEmpty();
    }

    @Test
    void localTopic_selectorOrDurable_isRefused() {
        FeedRequest request =
                new FeedRequest(LOCAL, false, Optional.of("colour = 'red'"), Optional.empty(), Optional.empty(), 10);
        assertThatThrownBy(() -> bus.open(request, delivery -> {}))
                .isInstanceOfSatisfying(
                        BusException.class,
                        refusal -> assertThat(refusal.reason()).isEqualTo(BusException.Reason.BAD_HEADER))
                .hasMessageContaining("stompline.local-topics");
    }

    private void receive(Message message) {
        received.add(message.destination());
    }

    private static Message to(Destination destination) {
        return Message.of(destination, Headers.none(), Body.empty(), "");
    }

    /** Gives what is published to whoever opened a topic last. */
    private static final class Bridged implements MessageBus {
        private final List<Destination> published = new ArrayList<>();
        private final List<Destination> opened = new ArrayList<>();
        private final List<Destination> closed = new ArrayList<>();
        private Receiver<Message> receiver = message -> {};
        private boolean failing;

        @Override
        public void publish(Message message) {
            published.add(message.destination());
            receiver.accept(message);
        }

        @Override
        public void commit(List<Message> publications, List<Delivery> acknowledgements) {
            if (failing) {
                throw new BusException(BusException.Reason.UNAVAILABLE, "away");
            }
            publications.forEach(this::publish);
        }

        @Override
        public Feed openTopic(Destination topic, Receiver<Message> newReceiver) {
            opened.add(topic);
            receiver = newReceiver;
            return new Feed() {
                @Override
                public Destination address() {
                    return topic;
                }

                @Override
                public void close() {
                    closed.add(topic);
                }

                @Override
                public void closeAndForget() {
                    close();
                }
            };
        }

        @Override
        public Feed open(FeedRequest request, Receiver<Delivery> ignored) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Feed openTemporaryQueue(Receiver<Message> ignored) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isAvailable() {
            return true;
        }
    }
}
