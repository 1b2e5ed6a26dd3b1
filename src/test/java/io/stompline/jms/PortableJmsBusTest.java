package io.stompline.jms;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.messaging.ConnectionConfiguration;
import com.sun.messaging.ConnectionFactory;
import io.stompline.config.JmsSettings;
import io.stompline.jms.provider.JmsProvider;
import io.stompline.jms.provider.PortableProvider;
import io.stompline.routing.BusException.Reason;
import io.stompline.routing.Delivery;
import io.stompline.routing.Destination;
import io.stompline.routing.Feed;
import io.stompline.routing.Message;
import jakarta.jms.JMSException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What is left when nothing but the standard is used. */
@ParameterizedClass
@EnumSource(EmbeddedBroker.Mode.class)
class PortableJmsBusTest extends BusTest {
    @Override
    JmsProvider provider(JmsSettings settings) {
        try {
            ConnectionFactory factory = new ConnectionFactory();
            factory.setProperty(ConnectionConfiguration.imqAddressList, settings.address());
            return new PortableProvider(factory);
        } catch (JMSException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void topic_portable_bringsMessagesInOrder() {
        BlockingQueue<Message> received = new Receiver<>();
        bus.openTopic(topic, received::add);
        numbered(0, 20).forEach(body -> bus.publish(text(topic, body)));
        assertThat(take(received, 20)).extracting(BusTest::body).isEqualTo(numbered(0, 20));
    }

    @Test
    void pattern_portable_isRefused() {
        assertRefused(Reason.REFUSED, () -> bus.openTopic(Destination.topic("a/*"), message -> {}));
        assertRefused(Reason.REFUSED, () -> bus.open(acknowledged(Destination.topic("a/**")), delivery -> {}));
    }

    @Test
    void prefetch_portable_deliversTheNextAfterSettlement() {
        publish(3);
        BlockingQueue<Delivery> received = new Receiver<>();
        Feed feed = open(acknowledged(queue), received);
        take(received, 1).get(0).acknowledge();
        take(received, 1).get(0).acknowledge();
        take(received, 1);
        feed.close();
        assertThat(next(open(acknowledged(queue)))).isEqualTo("m2 again");
    }

    @Test
    void prefetch_portable_holdsBackWhileOneIsUnsettled() {
        publish(2);
        BlockingQueue<Delivery> received = open(acknowledged(queue));
        Delivery first = take(received, 1).get(0);
        bus.publish(text(Destination.queue(name + "/other"), "a round trip"));
        assertThat(next(open(acknowledged(Destination.queue(name + "/other"))))).isEqualTo("a round trip");
        assertThat(received).isEmpty();
        first.acknowledge();
        assertThat(next(received)).isEqualTo("m1");
    }

    @Test
    void ack_portable_inTheReceiver_isCarriedOut() throws JMSException {
        publish(4);
        BlockingQueue<Delivery> received = new Receiver<>();
        Feed feed = bus.open(acknowledged(queue), delivery -> {
            delivery.acknowledge();
            received.add(delivery);
        });
        take(received, 4);
        feed.close();
        assertEmpty(name);
        publish(2);
        take(open(automatic(queue)), 2);
    }

    @Test
    void ack_portable_givenBackBefore_isKnownToDoNothing() {
        publish(1);
        BlockingQueue<Delivery> received = open(acknowledged(queue));
        Delivery stale = take(received, 1).get(0);
        provider.breakConnections();
        Delivery again = take(received, 1).get(0);
        assertThat(stale.acknowledge()).isFalse();
        assertThat(stale.reject(false, "stale")).isFalse();
        assertThat(again.acknowledge()).isTrue();
    }

    @Test
    void reject_portable_redeliversThenGoesToTheDeadMessages() throws JMSException {
        publish(1);
        BlockingQueue<Delivery> received = open(acknowledged(queue));
        take(received, 1).get(0).reject(true, "no");
        Delivery again = take(received, 1).get(0);
        assertThat(shown(again)).isEqualTo("m0 again");
        again.reject(false, "never");
        assertThat(receive(deadLetters).getStringProperty("stompline_dead_reason"))
                .isEqualTo("never");
    }

    @Test
    void durable_portable_rejectedMessage_comesAgain() {
        BlockingQueue<Delivery> received = open(durable(topic, name));
        bus.publish(text(topic, "poison"));
        take(received, 1).get(0).reject(true, "no");
        Delivery again = take(received, 1).get(0);
        assertThat(shown(again)).isEqualTo("poison again");
        again.acknowledge();
        bus.publish(text(topic, "next"));
        assertThat(next(received)).isEqualTo("next");
    }

    @Test
    void commit_portable_takesEffectTogether() throws JMSException {
        publish(1);
        BlockingQueue<Delivery> received = new Receiver<>();
        Feed feed = open(acknowledged(queue), received);
        bus.commit(List.of(text(Destination.queue(name + "/other"), "a")), List.copyOf(take(received, 1)));
        feed.close();
        assertEmpty(name);
        receive(name + ".other");
    }

    @Test
    void reconnect_portable_redelivers() {
        publish(1);
        BlockingQueue<Delivery> received = open(acknowledged(queue));
        take(received, 1);
        provider.breakConnections();
        assertThat(next(received)).isEqualTo("m0 again");
    }
}
