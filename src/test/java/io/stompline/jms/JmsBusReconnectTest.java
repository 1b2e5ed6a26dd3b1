package io.stompline.jms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stompline.metrics.Meter;
import io.stompline.routing.BusException;
import io.stompline.routing.BusException.Reason;
import io.stompline.routing.Delivery;
import io.stompline.routing.Destination;
import io.stompline.routing.Feed;
import io.stompline.routing.FeedRequest;
import io.stompline.routing.Message;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.TextMessage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(EmbeddedBroker.Mode.class)
class JmsBusReconnectTest extends BusTest {
    @Test
    void reconnect_topic_goesOn() {
        BlockingQueue<Message> received = new Receiver<>();
        bus.openTopic(topic, received::add);
        provider.breakConnections();
        awaitReconnect(1);
        bus.publish(text(topic, "after"));
        assertThat(body(take(received, 1).get(0))).isEqualTo("after");
        assertThat(received).isEmpty();
    }

    @Test
    void reconnect_classThatCannotBeLoadedNow_isTriedAgain() {
        bus.publish(text(topic, "before"));
        provider.lackAClass();
        awaitReconnect(1);
        bus.publish(text(topic, "after"));
        assertThat(bus.isAvailable()).isTrue();
    }

    /** A topic keeps nothing for who is away; a queue does. */
    @Test
    void reconnect_receiverThatMayHaveMissedMessages_isInterrupted() {
        AtomicInteger ofTopic = new AtomicInteger();
        AtomicInteger ofSelector = new AtomicInteger();
        AtomicInteger ofQueue = new AtomicInteger();
        bus.openTopic(topic, counting(ofTopic));
        bus.open(request(topic, false, Optional.of("a = 1")), counting(ofSelector));
        bus.open(request(queue, true, Optional.empty()), counting(ofQueue));
        assertThat(ofTopic).hasValue(0);
        provider.breakConnections();
        awaitReconnect(1);
        await().until(() -> ofTopic.get() > 0 && ofSelector.get() > 0);
        assertThat(ofQueue).hasValue(0);
    }

    private static FeedRequest request(Destination destination, boolean acknowledged, Optional<String> selector) {
        return new FeedRequest(destination, acknowledged, selector, Optional.empty(), Optional.empty(), 10);
    }

    private static <T> io.stompline.routing.Receiver<T> counting(AtomicInteger gaps) {
        return new io.stompline.routing.Receiver<>() {
            @Override
            public void accept(T next) {
                // Only the gap counts.
            }

            @Override
            public void interrupted() {
                gaps.incrementAndGet();
            }
        };
    }

    /** Else whoever publishes would wait for ever, for the connection answers everything else. */
    @Test
    void trial_connectionThatCannotPublish_isNotUsed() {
        bus.publish(text(queue, "before"));
        Unready unready = new Unready();
        provider.beEarly();
        provider.interceptNextPublishing(unready);
        awaitReconnect(1);
        assertThat(provider.connects())
                .as("three at first, one of no use, three more")
                .isEqualTo(7);
        await().until(unready::isClosed);
        bus.publish(text(queue, "after"));
    }

    @Test
    void trial_refusedByTheMessageBroker_connectionIsUsed() {
        bus.publish(text(queue, "before"));
        provider.beEarly();
        provider.interceptNextPublishing((target, method, call) -> {
            if (method.equals("createProducer")) {
                throw new JMSException("short of memory");
            }
            return call.carryOut();
        });
        awaitReconnect(1);
        assertThat(provider.connects()).as("three and three").isEqualTo(6);
    }

    /**
     * A broker in this JVM is ready before we are, and another than OpenMQ may let senders wait until somebody
     * consumes.
     */
    @Test
    void trial_connectionOpenedLate_isLeftOut() {
        bus.publish(text(queue, "before"));
        AtomicInteger trials = new AtomicInteger();
        provider.interceptNextPublishing((target, method, call) -> {
            if (method.equals("createTemporaryQueue")) {
                trials.incrementAndGet();
            }
            return call.carryOut();
        });
        awaitReconnect(1);
        assertThat(trials).hasValue(mode == EmbeddedBroker.Mode.TCP ? 1 : 0);
    }

    @Test
    void trial_publishing_reachesNoConsumer() throws JMSException {
        bus.publish(text(queue, "before"));
        try (MessageConsumer everything = application.createConsumer(application.createTopic("**"))) {
            provider.beEarly();
            provider.breakConnections();
            awaitReconnect(1);
            bus.publish(text(topic, "first"));
            assertThat(((TextMessage) everything.receive(5_000)).getText()).isEqualTo("first");
        }
    }

    @Test
    void reconnect_unsettledDeliveries_comeAgain() {
        publish(2);
        BlockingQueue<Delivery> received = open(acknowledged(queue));
        Delivery stale = take(received, 2).get(0);
        provider.breakConnections();
        awaitReconnect(1);
        assertThat(stale.acknowledge()).as("acknowledged").isFalse();
        assertThat(take(received, 2)).extracting(BusTest::shown).containsExactly("m0 again", "m1 again");
    }

    @Test
    void reconnect_deliveryFromBefore_settlesNothing() {
        publish(1);
        BlockingQueue<Delivery> received = open(acknowledged(queue));
        Delivery stale = take(received, 1).get(0);
        provider.breakConnections();
        Delivery again = take(received, 1).get(0);
        assertThat(stale.reject(false, "stale")).as("refused").isFalse();
        assertThat(again.acknowledge()).as("acknowledged").isTrue();
        assertThat(count(Meter.JMS_DEAD_MESSAGES)).isZero();
    }

    @Test
    void outage_whileAnAcknowledgementIsUnderWay_doesNotConfirmIt() {
        publish(1);
        BlockingQueue<Delivery> received = open(acknowledged(queue));
        Delivery delivery = take(received, 1).get(0);
        provider.breakBeforeNextAcknowledgement();
        assertThat(isAcknowledged(delivery)).isFalse();
        assertThat(next(received)).isEqualTo("m0 again");
    }

    /** Whether this side knows of the loss already decides how the failure is told. */
    private static boolean isAcknowledged(Delivery delivery) {
        try {
            return delivery.acknowledge();
        } catch (BusException e) {
            assertThat(e.reason()).isEqualTo(Reason.UNAVAILABLE);
            return false;
        }
    }

    @Test
    void outage_settling_isKnownToDoNothing() {
        publish(3);
        List<Delivery> before = take(open(acknowledged(queue)), 3);
        before.get(0).acknowledge();
        provider.goDown();
        await().until(() -> !bus.isAvailable());
        assertThat(before).extracting(Delivery::isGivenBack).containsExactly(false, true, true);
        assertThat(before.get(1).acknowledge()).isFalse();
        assertThat(before.get(2).reject(true, "stale")).isFalse();
        assertThat(before.get(2).reject(true, "stale")).as("once more").isFalse();
    }

    @Test
    void reconnect_temporaryQueue_keepsItsAddress() {
        BlockingQueue<Message> replies = new Receiver<>();
        BlockingQueue<Message> requests = new Receiver<>();
        Feed own = bus.openTemporaryQueue(replies::add);
        bus.openTopic(topic, requests::add);
        provider.breakConnections();
        awaitReconnect(1);
        bus.publish(text(topic, "?", "reply-to", own.address().text()));
        String replyTo = take(requests, 1).get(0).headers().first("reply-to").orElseThrow();
        bus.publish(text(Destination.parse(replyTo).orElseThrow(), "!"));
        assertThat(body(take(replies, 1).get(0))).isEqualTo("!");
    }

    @Test
    void reconnect_durable_keepsItsMessages() {
        BlockingQueue<Delivery> received = open(durable(topic, name));
        bus.publish(text(topic, "kept", "persistent", "true"));
        take(received, 1);
        provider.breakConnections();
        assertThat(next(received)).isEqualTo("kept again");
    }

    @Test
    void outage_callers_failAtOnceUntilItEnds() {
        await().until(bus::isAvailable);
        provider.goDown();
        assertThat(bus.isAvailable()).isFalse();
        long start = System.nanoTime();
        for (int i = 0; i < 20; i++) {
            assertRefused(Reason.UNAVAILABLE, () -> publish(1));
            assertRefused(Reason.UNAVAILABLE, () -> open(acknowledged(queue)));
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .as("less than one of these would have waited")
                .isLessThan(Duration.ofSeconds(2));
        assertThat(count(Meter.JMS_PUBLISH_FAILURES)).isEqualTo(20);
        await().until(() -> provider.connects() > 5);
        provider.comeBack();
        await().until(bus::isAvailable);
        publish(1);
        assertThat(next(open(acknowledged(queue)))).isEqualTo("m0");
        assertThat(count(Meter.JMS_RECONNECTS)).isEqualTo(1);
    }

    @Test
    void connect_firstCallers_waitForTheConnection() {
        try (JmsBus starting = new JmsBus(provider, settings(), metrics, Thread::new)) {
            starting.publish(text(queue, "first"));
        }
        assertThat(next(open(acknowledged(queue)))).isEqualTo("first");
    }

    @Test
    void outage_feedClosedMeanwhile_staysClosed() {
        BlockingQueue<Delivery> received = new Receiver<>();
        Feed feed = open(durable(topic, name), received);
        Feed pump = bus.openTopic(topic, message -> {});
        provider.goDown();
        feed.close();
        pump.close();
        provider.comeBack();
        awaitReconnect(1);
        open(durable(topic, name)).clear();
    }

    @Test
    void outage_betweenSettledMessages_closesTheFeedOnce() {
        AtomicInteger started = new AtomicInteger();
        ThreadFactory counting = task -> new Thread(() -> {
            started.incrementAndGet();
            task.run();
        });
        publish(2);
        try (JmsBus counted = new JmsBus(provider, settings(), metrics, counting)) {
            BlockingQueue<Delivery> received = new Receiver<>();
            Feed feed = counted.open(acknowledged(queue), received::add);
            take(received, 2).get(1).acknowledge();
            provider.goDown();
            await().until(() -> !counted.isAvailable());
            feed.close();
            await().during(1, TimeUnit.SECONDS).until(() -> started.get() < 10);
        }
    }

    @Test
    void outage_durableForgottenMeanwhile_isDeletedAfterwards() {
        BlockingQueue<Delivery> received = new Receiver<>();
        Feed feed = open(durable(topic, name), received);
        provider.goDown();
        feed.closeAndForget();
        provider.comeBack();
        awaitReconnect(1);
        bus.publish(text(topic, "lost"));
        BlockingQueue<Delivery> again = open(durable(topic, name));
        bus.publish(text(topic, "next"));
        assertThat(next(again)).isEqualTo("next");
    }

    @Test
    void connection_idle_isKept() {
        await().until(bus::isAvailable);
        // Pings go out every two seconds, and three of them unanswered would end it.
        await().during(7, TimeUnit.SECONDS).atMost(10, TimeUnit.SECONDS).until(bus::isAvailable);
        assertThat(count(Meter.JMS_RECONNECTS)).isZero();
    }

    private void awaitReconnect(int times) {
        await().until(() -> count(Meter.JMS_RECONNECTS) == times && bus.isAvailable());
    }
}
