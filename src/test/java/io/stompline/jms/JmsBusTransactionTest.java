package io.stompline.jms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stompline.metrics.Meter;
import io.stompline.routing.BusException.Reason;
import io.stompline.routing.Delivery;
import io.stompline.routing.Destination;
import io.stompline.routing.Feed;
import io.stompline.routing.Message;
import jakarta.jms.JMSException;
import jakarta.jms.TextMessage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(EmbeddedBroker.Mode.class)
class JmsBusTransactionTest extends BusTest {
    private final Destination other = Destination.queue(name + "/other");

    @Test
    void commit_publicationsAndAcknowledgements_takeEffectTogether() throws JMSException {
        publish(2);
        BlockingQueue<Delivery> received = new Receiver<>();
        Feed feed = open(acknowledged(queue), received);
        bus.commit(List.of(text(other, "a"), text(topic, "b"), text(other, "c")), new ArrayList<>(take(received, 2)));
        feed.close();
        assertEmpty(name);
        assertThat(((TextMessage) receive(name + ".other")).getText()).isEqualTo("a");
        assertThat(((TextMessage) receive(name + ".other")).getText()).isEqualTo("c");
        assertEmpty("stompline.commits");
        assertThat(count(Meter.JMS_MESSAGES_PUBLISHED)).isEqualTo(5);
    }

    @Test
    void commit_oneMessageRefused_publishesNothing() throws JMSException {
        publish(1);
        BlockingQueue<Delivery> received = new Receiver<>();
        Feed feed = open(acknowledged(queue), received);
        List<Delivery> acknowledgements = List.copyOf(take(received, 1));
        List<Message> publications = List.of(text(other, "a"), text(other, "b", "priority", "wrong"));
        assertRefused(Reason.BAD_HEADER, () -> bus.commit(publications, acknowledgements));
        feed.close();
        assertEmpty(name + ".other");
        assertThat(next(open(acknowledged(queue)))).isEqualTo("m0 again");
    }

    @Test
    void commit_oneDestinationFull_publishesNothing() throws JMSException {
        Destination full = Destination.queue(name + "/full");
        List<Message> load = Collections.nCopies(EmbeddedBroker.CAPACITY, text(full, "x"));
        bus.commit(load, List.of());
        assertRefused(Reason.FULL, () -> bus.commit(List.of(text(other, "a"), text(full, "b")), List.of()));
        assertEmpty(name + ".other");
    }

    @Test
    void commit_deliveryOfAClosedFeed_takesNoEffect() throws JMSException {
        publish(1);
        BlockingQueue<Delivery> received = new Receiver<>();
        Feed feed = open(acknowledged(queue), received);
        List<Delivery> stale = List.copyOf(take(received, 1));
        feed.close();
        assertRefused(Reason.UNAVAILABLE, () -> bus.commit(List.of(text(other, "a")), stale));
        assertEmpty(name + ".other");
    }

    @Test
    void commit_afterAFailure_mayBeTriedAgain() {
        publish(1);
        BlockingQueue<Delivery> received = open(acknowledged(queue));
        List<Delivery> acknowledgements = List.copyOf(take(received, 1));
        assertRefused(
                Reason.BAD_HEADER, () -> bus.commit(List.of(text(other, "", "expires", "never")), acknowledgements));
        bus.commit(List.of(text(other, "a")), acknowledgements);
        bus.publish(text(queue, "next"));
        assertThat(next(received)).isEqualTo("next");
    }

    @Test
    void commit_connectionLostBeforeTheAcknowledgements_remembersThem() throws JMSException {
        publish(2);
        BlockingQueue<Delivery> received = open(acknowledged(queue));
        List<Delivery> deliveries = take(received, 2);
        provider.breakBeforeNextAcknowledgement();
        bus.commit(List.of(text(other, "a")), List.of(deliveries.get(0)));

        assertThat(next(received)).as("m0 was acknowledged").isEqualTo("m1 again");
        assertThat(((TextMessage) receive(name + ".other")).getText()).isEqualTo("a");
        assertThat(received).isEmpty();
        receive("stompline.commits");
    }

    @Test
    void commit_rememberedAcknowledgement_countsForItsSubscriptionOnly() throws JMSException {
        BlockingQueue<Delivery> one = open(durable(topic, name));
        BlockingQueue<Delivery> two = open(durable(topic, name + "b"));
        bus.publish(text(topic, "both", "persistent", "true"));
        Delivery acknowledged = take(one, 1).get(0);
        take(two, 1);
        provider.breakBeforeNextAcknowledgement();
        bus.commit(List.of(), List.of(acknowledged));
        assertThat(next(two)).isEqualTo("both again");
        await().until(bus::isAvailable);
        bus.publish(text(topic, "next"));
        assertThat(next(one)).isEqualTo("next");
        receive("stompline.commits");
    }

    @Test
    void commit_empty_isDone() {
        bus.commit(List.of(), List.of());
        assertThat(count(Meter.JMS_MESSAGES_PUBLISHED)).isZero();
    }
}
