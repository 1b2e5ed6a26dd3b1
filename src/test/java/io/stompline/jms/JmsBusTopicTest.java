package io.stompline.jms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.stompline.metrics.Meter;
import io.stompline.routing.BusException;
import io.stompline.routing.BusException.Reason;
import io.stompline.routing.Destination;
import io.stompline.routing.Feed;
import io.stompline.routing.Message;
import jakarta.jms.JMSException;
import jakarta.jms.TemporaryQueue;
import jakarta.jms.TextMessage;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(EmbeddedBroker.Mode.class)
class JmsBusTopicTest extends BusTest {
    @Test
    void openTopic_returned_bringsWhatIsPublishedInOrder() {
        BlockingQueue<Message> received = new Receiver<>();
        bus.openTopic(topic, received::add);
        numbered(0, 200).forEach(body -> bus.publish(text(topic, body)));
        assertThat(take(received, 200)).extracting(BusTest::body).isEqualTo(numbered(0, 200));
    }

    @Test
    void close_topicFeed_endsItsMessages() {
        BlockingQueue<Message> ended = new Receiver<>();
        BlockingQueue<Message> received = new Receiver<>();
        Feed feed = bus.openTopic(topic, ended::add);
        bus.openTopic(topic, received::add);
        feed.close();
        feed.close();
        bus.publish(text(topic, "late"));
        take(received, 1);
        assertThat(ended).isEmpty();
    }

    @Test
    void openTopic_manyTopics_needFewThreads() {
        BlockingQueue<Message> received = new Receiver<>();
        bus.openTopic(Destination.topic(name + "/first"), received::add);
        int before = Thread.activeCount();
        for (int i = 0; i < 50; i++) {
            bus.openTopic(Destination.topic(name + "/" + i), received::add);
        }
        assertThat(Thread.activeCount()).isLessThan(before + 10);
        for (int i = 0; i < 50; i++) {
            bus.publish(text(Destination.topic(name + "/" + i), "m" + i));
        }
        assertThat(take(received, 50)).extracting(BusTest::body).containsExactlyInAnyOrderElementsOf(numbered(0, 50));
    }

    @Test
    void pattern_openTopic_bringsItsTopicsOnly() {
        BlockingQueue<Message> one = new Receiver<>();
        BlockingQueue<Message> many = new Receiver<>();
        bus.openTopic(Destination.topic(name + "/*/end"), one::add);
        bus.openTopic(Destination.topic(name + "/**"), many::add);
        // OpenMQ's own star knows neither escaped nor combining characters.
        List<String> topics = List.of("/a/b/end", "/a", "/a/end", "/some thing/end", "/हिन्दी/end", "/€/end");
        topics.forEach(end -> bus.publish(text(Destination.topic(name + end), end)));
        bus.publish(text(topic, "above"));

        assertThat(take(one, 4))
                .extracting(BusTest::body)
                .containsExactlyInAnyOrder("/a/end", "/some thing/end", "/हिन्दी/end", "/€/end");
        List<Message> all = take(many, topics.size());
        assertThat(all).extracting(BusTest::body).containsExactlyInAnyOrderElementsOf(topics);
        assertThat(all)
                .allSatisfy(
                        message -> assertThat(message.destination().text()).isEqualTo(topic.text() + body(message)));
        assertThat(many).isEmpty();
    }

    @Test
    void destination_nameThatJmsCannotHave_isRefused() {
        assertRefused(Reason.REFUSED, () -> bus.openTopic(Destination.topic("mq/metrics/jvm"), message -> {}));
        assertRefused(Reason.BAD_DESTINATION, () -> bus.openTopic(Destination.topic("x".repeat(5_000)), message -> {}));
        assertRefused(Reason.BAD_DESTINATION, () -> bus.publish(text(Destination.queue("x".repeat(5_000)), "")));
        assertThat(bus.isAvailable()).isTrue();
    }

    /** Though OpenMQ gives them to consumers of all topics. */
    @Test
    void pattern_temporaryTopics_areLeftOut() throws JMSException {
        BlockingQueue<Message> everything = new Receiver<>();
        bus.openTopic(Destination.topic("**"), everything::add);
        application.createProducer(application.createTemporaryTopic()).send(application.createMessage());
        bus.publish(text(topic, "next"));
        assertThat(body(take(everything, 1).get(0))).isEqualTo("next");
    }

    @Test
    void temporaryQueue_replies_reachItsOwnerOnly() {
        BlockingQueue<Message> replies = new Receiver<>();
        BlockingQueue<Message> requests = new Receiver<>();
        Feed own = bus.openTemporaryQueue(replies::add);
        bus.openTopic(topic, requests::add);
        bus.publish(text(topic, "?", "reply-to", own.address().text()));

        String replyTo = take(requests, 1).get(0).headers().first("reply-to").orElseThrow();
        bus.publish(text(Destination.parse(replyTo).orElseThrow(), "!"));
        Message reply = take(replies, 1).get(0);
        assertThat(body(reply)).isEqualTo("!");
        assertThat(reply.destination()).isEqualTo(own.address());
    }

    @Test
    void temporaryQueue_replyOfAJmsApplication_arrives() throws JMSException {
        BlockingQueue<Message> replies = new Receiver<>();
        Feed own = bus.openTemporaryQueue(replies::add);
        bus.publish(text(queue, "?", "reply-to", own.address().text()));
        jakarta.jms.Message request = receive(name);
        application.createProducer(request.getJMSReplyTo()).send(application.createTextMessage("!"));
        assertThat(body(take(replies, 1).get(0))).isEqualTo("!");
    }

    @Test
    void replyTo_goneOrUnknown_isRefused() {
        Feed own = bus.openTemporaryQueue(message -> {});
        own.close();
        assertRefused(Reason.REFUSED, () -> bus.publish(text(own.address(), "late")));
        assertGone(own.address(), () -> bus.publish(text(own.address(), "late")));
        assertRefused(
                Reason.REFUSED,
                () -> bus.publish(text(topic, "?", "reply-to", own.address().text())));
        assertRefused(Reason.BAD_HEADER, () -> bus.publish(text(topic, "?", "reply-to", "nowhere")));
    }

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void replyTo_ofAnotherWhoLeft_isGoneAndTheRestOfATransactionIsNot(boolean persistent, boolean known)
            throws JMSException {
        BlockingQueue<Message> requests = new Receiver<>();
        bus.openTopic(topic, requests::add);
        TemporaryQueue theirs = application.createTemporaryQueue();
        jakarta.jms.Message question = application.createTextMessage("?");
        question.setJMSReplyTo(theirs);
        application.createProducer(application.createTopic(name)).send(question);
        Destination replyTo = Destination.parse(
                        take(requests, 1).get(0).headers().first("reply-to").orElseThrow())
                .orElseThrow();
        if (known) {
            bus.publish(text(replyTo, "in time"));
        }
        theirs.delete();
        Message late = text(replyTo, "late", "persistent", Boolean.toString(persistent));
        for (int i = 0; i < 3; i++) {
            assertGone(replyTo, () -> bus.publish(late));
            assertGone(replyTo, () -> bus.commit(List.of(text(queue, "not alone"), late), List.of()));
        }
        bus.commit(List.of(text(queue, "the rest")), List.of());
        assertThat(((TextMessage) receive(name)).getText()).isEqualTo("the rest");
        assertThat(bus.isAvailable()).isTrue();
    }

    private static void assertGone(Destination temporaryQueue, ThrowingCallable call) {
        assertThatThrownBy(call)
                .hasMessageContaining("the requester is gone")
                .isInstanceOfSatisfying(
                        BusException.class,
                        failure -> assertThat(failure.isGone(temporaryQueue)).isTrue());
    }

    @Test
    void objectMessage_ofATopic_isNotShown() throws JMSException {
        BlockingQueue<Message> received = new Receiver<>();
        bus.openTopic(topic, received::add);
        var producer = application.createProducer(application.createTopic(name));
        producer.send(application.createObjectMessage("secret"));
        producer.send(application.createTextMessage("harmless"));
        assertThat(body(take(received, 1).get(0))).isEqualTo("harmless");
        assertThat(count(Meter.JMS_OBJECT_MESSAGES_REFUSED)).isEqualTo(1);
    }

    @Test
    void receiver_thatFails_getsTheNext() {
        BlockingQueue<Message> received = new Receiver<>();
        bus.openTopic(topic, message -> {
            received.add(message);
            throw new IllegalStateException("the receiver is broken");
        });
        numbered(0, 2).forEach(body -> bus.publish(text(topic, body)));
        assertThat(take(received, 2)).extracting(BusTest::body).containsExactly("m0", "m1");
    }

    @Test
    void metric_publishedAndReceived_areCounted() {
        BlockingQueue<Message> received = new Receiver<>();
        bus.openTopic(topic, received::add);
        numbered(0, 3).forEach(body -> bus.publish(text(topic, body)));
        take(received, 3);
        await().untilAsserted(
                        () -> assertThat(count(Meter.JMS_MESSAGES_RECEIVED)).isEqualTo(3));
        assertThat(count(Meter.JMS_MESSAGES_PUBLISHED)).isEqualTo(3);
        assertThat(count(Meter.JMS_PUBLISH_FAILURES)).isZero();
    }
}
