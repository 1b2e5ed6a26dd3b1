package io.stompline.jms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.stompline.config.JmsSettings;
import io.stompline.frame.Body;
import io.stompline.frame.Headers;
import io.stompline.jms.message.MessageReader;
import io.stompline.metrics.Meter;
import io.stompline.routing.BusException.Reason;
import io.stompline.routing.Delivery;
import io.stompline.routing.Destination;
import io.stompline.routing.FeedRequest;
import io.stompline.routing.Message;
import jakarta.jms.BytesMessage;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.TextMessage;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What a message looks like on the other side. */
@ParameterizedClass
@EnumSource(EmbeddedBroker.Mode.class)
class JmsBusMessageTest extends BusTest {
    @Test
    void publish_textAndFields_areSeenByAJmsApplication() throws JMSException {
        long expires = System.currentTimeMillis() + 60_000;
        bus.publish(text(
                queue,
                "grüße",
                "priority",
                "7",
                "expires",
                Long.toString(expires),
                "correlation-id",
                "c1",
                "type",
                "greeting",
                "reply-to",
                "/topic/answers/here",
                "content-type",
                "text/plain",
                "colour",
                "red",
                "x-id",
                "9"));
        TextMessage message = (TextMessage) receive(name);
        assertThat(message.getText()).isEqualTo("grüße");
        assertThat(message.getJMSPriority()).isEqualTo(7);
        assertThat(message.getJMSExpiration()).isBetween(expires - 5_000, expires + 5_000);
        assertThat(message.getJMSDeliveryMode()).isEqualTo(DeliveryMode.PERSISTENT);
        assertThat(message.getJMSCorrelationID()).isEqualTo("c1");
        assertThat(message.getJMSType()).isEqualTo("greeting");
        assertThat(((jakarta.jms.Topic) message.getJMSReplyTo()).getTopicName()).isEqualTo("answers.here");
        assertThat(message.getStringProperty("stompline_content_type")).isEqualTo("text/plain");
        assertThat(message.getStringProperty("colour")).isEqualTo("red");
        assertThat(message.getStringProperty("x$002did")).isEqualTo("9");
    }

    @Test
    void contentType_empty_isAbsent() throws JMSException {
        bus.publish(text(queue, "text", "content-type", ""));
        jakarta.jms.Message message = receive(name);
        assertThat(message.getBody(String.class)).isEqualTo("text");
        assertThat(message.propertyExists("stompline_content_type")).isFalse();
    }

    @Test
    void deliveryDelay_keepsAMessageFromConsumersThatLong() {
        for (Destination to : List.of(queue, topic)) {
            BlockingQueue<Delivery> received = open(durable(to));
            long before = System.currentTimeMillis();
            bus.publish(text(to, "later", "delivery-delay", "700"));
            bus.commit(List.of(text(to, "later too", "AMQ_SCHEDULED_DELAY", "701")), List.of());
            bus.publish(text(to, "now"));
            List<Delivery> deliveries = take(received, 3);
            assertThat(deliveries.stream().map(delivery -> body(delivery.message())))
                    .containsExactly("now", "later", "later too");
            assertThat(System.currentTimeMillis() - before).isGreaterThanOrEqualTo(700);
            assertThat(deliveries.get(1).message().headers().has("delivery-delay"))
                    .isFalse();
        }
    }

    /** Else a delay would look as if the node heard the message late. */
    @Test
    void deliveryDelay_messageThatWasDelayed_saysWhenItWasDue() {
        BlockingQueue<Message> received = new Receiver<>();
        bus.openTopic(topic, received::add);
        long before = System.currentTimeMillis();
        bus.publish(text(topic, "later", "delivery-delay", "700", "x-delivery-time", "9"));
        bus.publish(text(topic, "now", "x-delivery-time", "9"));
        List<Message> messages = take(received, 2);
        assertThat(messages.get(0).headers().has("x-delivery-time")).isFalse();
        Message later = messages.get(1);
        assertThat(later.sentMillis()).isBetween(before + 700, System.currentTimeMillis());
        assertThat(later.headers().first("x-delivery-time")).contains(Long.toString(later.sentMillis()));
        long timestamp = Long.parseLong(later.headers().first("timestamp").orElseThrow());
        // The message broker looks at its clock twice.
        assertThat(later.sentMillis() - timestamp).isBetween(600L, 800L);
    }

    private FeedRequest durable(Destination destination) {
        return destination.isTopic() ? durable(destination, name) : acknowledged(destination);
    }

    @Test
    void publish_bodyThatIsNoText_isABytesMessage() throws JMSException {
        byte[] octets = {(byte) 0xff, 0, 1};
        bus.publish(Message.of(queue, Headers.none(), Body.of(octets), ""));
        bus.publish(text(queue, "text", "content-type", "image/png"));
        assertThat(MessageReader.octets((BytesMessage) receive(name))).isEqualTo(octets);
        assertThat(receive(name)).isInstanceOf(BytesMessage.class);
    }

    @Test
    void roundTrip_everyHeaderAndBody_comesBack() {
        BlockingQueue<Message> received = new Receiver<>();
        bus.openTopic(topic, received::add);
        String big = "ü".repeat(32_000);
        bus.publish(text(
                topic,
                "a\0b\n😀",
                "NULL",
                "1",
                "JMSXGroupID",
                "2",
                "JMS_SUN_COMPRESS",
                "true",
                "größe-1.x:y z",
                "3",
                "empty",
                "",
                "big",
                big,
                "priority",
                "9",
                "persistent",
                "true",
                "correlation-id",
                "c",
                "type",
                "t",
                "reply-to",
                "/queue/a b/c-d",
                "content-type",
                "text/plain"));
        Message message = take(received, 1).get(0);
        assertThat(body(message)).isEqualTo("a\0b\n😀");
        Headers headers = message.headers();
        assertThat(headers.first("NULL")).contains("1");
        assertThat(headers.first("JMSXGroupID")).contains("2");
        assertThat(headers.first("JMS_SUN_COMPRESS")).contains("true");
        assertThat(headers.first("größe-1.x:y z")).contains("3");
        assertThat(headers.first("empty")).contains("");
        assertThat(headers.first("big")).contains(big);
        assertThat(headers.first("priority")).contains("9");
        assertThat(headers.first("persistent")).contains("true");
        assertThat(headers.first("correlation-id")).contains("c");
        assertThat(headers.first("type")).contains("t");
        assertThat(headers.first("reply-to")).contains("/queue/a b/c-d");
        assertThat(headers.first("content-type")).contains("text/plain");
        assertThat(message.id()).startsWith("ID:");
    }

    @Test
    void headers_defaultValues_areLeftOut() {
        BlockingQueue<Message> received = new Receiver<>();
        bus.openTopic(topic, received::add);
        long before = System.currentTimeMillis();
        bus.publish(text(topic, "plain"));
        Headers headers = take(received, 1).get(0).headers();
        assertThat(headers.size()).isEqualTo(1);
        assertThat(Long.parseLong(headers.first("timestamp").orElseThrow()))
                .isBetween(before, System.currentTimeMillis());
    }

    @Test
    void headers_setByTheServer_areNotTakenFromClients() {
        BlockingQueue<Message> received = new Receiver<>();
        bus.openTopic(topic, received::add);
        Headers spoofed = Headers.of(
                "redelivered", "true",
                "timestamp", "1",
                "message-id", "mine",
                "stompline_origin", "somebody",
                "stompline_deliveries", "99");
        bus.publish(Message.of(topic, spoofed, Body.empty(), "session-1"));
        Message message = take(received, 1).get(0);
        assertThat(message.origin()).isEqualTo("session-1");
        assertThat(message.headers().has("redelivered")).isFalse();
        assertThat(message.headers().has("message-id")).isFalse();
        assertThat(message.headers().first("timestamp").orElseThrow()).isNotEqualTo("1");
        assertThat(message.headers().first("stompline_origin")).contains("somebody");
    }

    @Test
    void body_mapAndStreamMessage_areJsonObjectAndArray() throws JMSException {
        BlockingQueue<Message> received = new Receiver<>();
        bus.openTopic(topic, received::add);
        var producer = application.createProducer(application.createTopic(name));
        var map = application.createMapMessage();
        map.setString("s", "ü\"");
        map.setInt("i", 1);
        map.setDouble("d", 0.5);
        map.setBoolean("b", true);
        map.setChar("c", 'x');
        map.setBytes("o", new byte[] {1, 2, 3});
        producer.send(map);
        var stream = application.createStreamMessage();
        stream.writeLong(7);
        stream.writeString("end");
        producer.send(stream);

        Message object = take(received, 1).get(0);
        assertThat(body(object))
                .startsWith("{")
                .contains("\"s\":\"ü\\\"\"", "\"i\":1", "\"d\":0.5", "\"b\":true", "\"c\":\"x\"", "\"o\":\"AQID\"");
        assertThat(object.headers().first("content-type")).contains("application/json");
        assertThat(body(take(received, 1).get(0))).isEqualTo("[7,\"end\"]");
    }

    @Test
    void headers_propertiesOfAJmsApplication_areShown() throws JMSException {
        BlockingQueue<Message> received = new Receiver<>();
        bus.openTopic(topic, received::add);
        var sent = application.createBytesMessage();
        sent.writeBytes("x".getBytes(StandardCharsets.UTF_8));
        sent.setIntProperty("number", 5);
        sent.setBooleanProperty("flag", true);
        sent.setStringProperty("price$usd", "1");
        sent.setStringProperty("JMSXGroupID", "g");
        sent.setStringProperty("subscription", "spoofed");
        sent.setStringProperty("nul", "a\0b");
        application.createProducer(application.createTopic(name)).send(sent);

        Headers headers = take(received, 1).get(0).headers();
        assertThat(headers.first("number")).contains("5");
        assertThat(headers.first("flag")).contains("true");
        assertThat(headers.first("price$usd")).contains("1");
        assertThat(headers.first("JMSXGroupID")).contains("g");
        assertThat(headers.first("content-type")).contains("application/octet-stream");
        assertThat(headers.has("subscription")).isFalse();
        assertThat(headers.has("nul")).isFalse();
        assertThat(headers.has("JMSXDeliveryCount")).isFalse();
    }

    @Test
    void body_textMessageWithoutText_isEmpty() throws JMSException {
        BlockingQueue<Message> received = new Receiver<>();
        bus.openTopic(topic, received::add);
        application.createProducer(application.createTopic(name)).send(application.createTextMessage(null));
        assertThat(take(received, 1).get(0).body()).isEqualTo(Body.empty());
    }

    @Test
    void publish_expired_isAcceptedAndDropped() throws JMSException {
        bus.publish(text(queue, "stale", "expires", "1000"));
        bus.publish(text(queue, "fresh"));
        assertThat(((TextMessage) receive(name)).getText()).isEqualTo("fresh");
        assertThat(count(Meter.JMS_PUBLISH_FAILURES)).isZero();
    }

    @Test
    void publish_fullDestination_isRefused() {
        for (String persistent : new String[] {"true", "false"}) {
            for (int i = 0; i < EmbeddedBroker.CAPACITY; i++) {
                bus.publish(text(Destination.queue(name + persistent), "x", "persistent", persistent));
            }
            assertRefused(
                    Reason.FULL,
                    () -> bus.publish(text(Destination.queue(name + persistent), "x", "persistent", persistent)));
        }
        assertThat(count(Meter.JMS_PUBLISH_FAILURES)).isEqualTo(2);
    }

    @Test
    void publish_bodyOverOurLimit_saysSizeAndLimit() {
        Body body = Body.of(new byte[settings().maxBodyBytes() + 1]);
        Message large = Message.of(queue, Headers.none(), body, "");
        assertRefused(Reason.TOO_LARGE, () -> bus.publish(large));
        assertRefused(Reason.TOO_LARGE, () -> bus.check(large));
        assertRefused(Reason.TOO_LARGE, () -> bus.commit(List.of(text(queue, "x"), large), List.of()));
        assertThatThrownBy(() -> bus.publish(large))
                .hasMessage("the body has 2097153 octets, at most 2097152 are allowed (stompline.jms.max-body-bytes)");
        assertThat(count(Meter.JMS_PUBLISH_FAILURES_TOO_LARGE)).isEqualTo(4);
        bus.publish(text(queue, "the first that is there"));
        assertThat(next(open(acknowledged(queue)))).isEqualTo("the first that is there");
    }

    @Test
    void publish_messageOverTheBrokersLimit_isToldAndDisturbsNobody() {
        try (JmsBus generous = new JmsBus(provider, generous(settings()), metrics, Thread::new)) {
            Message large = Message.of(queue, Headers.none(), Body.of(new byte[11 * 1024 * 1024]), "");
            assertRefused(Reason.TOO_LARGE, () -> generous.publish(large));
            assertThat(generous.isAvailable()).isTrue();
            assertRefused(Reason.TOO_LARGE, () -> generous.commit(List.of(large), List.of()));
            assertThat(generous.isAvailable()).isTrue();
        }
    }

    /** More than the broker takes by default. */
    private static JmsSettings generous(JmsSettings settings) {
        return new JmsSettings(
                settings.address(),
                settings.connectionFactory(),
                settings.user(),
                settings.passwordFile(),
                settings.publishers(),
                64 * 1024 * 1024,
                settings.requestTimeout(),
                settings.reconnectMin(),
                settings.reconnectMax(),
                settings.maxDeliveries(),
                settings.redeliveryDelay(),
                settings.prefetch(),
                settings.durableMaxBytes(),
                settings.deadMessageQueue());
    }

    @Test
    void publish_fullDisk_isToldAtOnceAndDoubtsNoConnection() {
        failNextSends(new JMSException(
                "[SEND_REPLY(9)] [C4036]: A broker error occurred. :[500] [B4004]: No space left on device", "C4036"));
        for (int i = 0; i < 3; i++) {
            assertRefused(Reason.STORE_FULL, () -> bus.publish(text(queue, "x")));
            assertThat(bus.isAvailable()).isTrue();
            assertThat(bus.isDiskFull()).isTrue();
        }
        assertThat(count(Meter.JMS_PUBLISH_FAILURES_STORE_FULL)).isEqualTo(3);
        assertThat(count(Meter.JMS_RECONNECTS)).isEqualTo(1);
    }

    @Test
    void publish_diskThatWasFull_hasRoomWhenAMessageIsStored() {
        AtomicBoolean full = new AtomicBoolean(true);
        await().until(bus::isAvailable);
        provider.interceptNextPublishing((target, method, call) -> {
            if (method.equals("send") && full.get()) {
                throw new JMSException("[C4036]: A broker error occurred. :[500] No space left on device", "C4036");
            }
            return call.carryOut();
        });
        await().until(() -> count(Meter.JMS_RECONNECTS) == 1 && bus.isAvailable());
        assertThat(bus.isDiskFull()).isFalse();
        assertRefused(Reason.STORE_FULL, () -> bus.commit(List.of(text(queue, "x")), List.of()));
        assertThat(bus.isDiskFull()).isTrue();
        full.set(false);
        bus.publish(text(topic, "not stored"));
        bus.publish(text(queue, "not stored", "persistent", "false"));
        assertThat(bus.isDiskFull()).isTrue();
        bus.commit(List.of(text(queue, "stored")), List.of());
        assertThat(bus.isDiskFull()).isFalse();
    }

    @Test
    void publish_brokerFails_isToldAtOnceAndDoubtsNoConnection() {
        failNextSends(new JMSException("[C4036]: A broker error occurred. :[500] [B4117]: oops", "C4036"));
        assertRefused(Reason.FAILED, () -> bus.publish(text(queue, "x")));
        assertThat(bus.isAvailable()).isTrue();
    }

    /** After one reconnection. */
    private void failNextSends(JMSException failure) {
        await().until(bus::isAvailable);
        provider.interceptNextPublishing((target, method, call) -> {
            if (method.equals("send")) {
                throw failure;
            }
            return call.carryOut();
        });
        await().until(() -> count(Meter.JMS_RECONNECTS) == 1 && bus.isAvailable());
    }

    @Test
    void publish_manyRefusals_leakNothing() {
        Destination full = Destination.queue(name);
        bus.commit(Collections.nCopies(EmbeddedBroker.CAPACITY, text(full, "x")), List.of());
        int before = Thread.activeCount();
        for (int i = 0; i < 50; i++) {
            assertRefused(Reason.FULL, () -> bus.publish(text(full, "x")));
            assertRefused(Reason.BAD_HEADER, () -> bus.publish(text(full, "x", "priority", "urgent")));
            assertRefused(Reason.REFUSED, () -> bus.publish(text(full, "x", "reply-to", "/queue/mq/x")));
        }
        assertThat(Thread.activeCount()).isLessThan(before + 10);
    }

    @Test
    void publish_topicAndQueueOfTheSameName_areTwoDestinations() {
        for (int i = 0; i < 10; i++) {
            bus.publish(text(queue, "q"));
            bus.publish(text(topic, "t"));
        }
        assertThat(count(Meter.JMS_MESSAGES_PUBLISHED)).isEqualTo(20);
    }

    @Test
    void publish_moreDestinationsThanAProducerMayHold_isCarriedOut() throws JMSException {
        for (int i = 0; i < 1_200; i++) {
            bus.publish(text(Destination.topic(name + "/" + i), "t"));
        }
        bus.publish(text(queue, "last"));
        assertThat(((TextMessage) receive(name)).getText()).isEqualTo("last");
    }

    @Test
    void headers_tooLong_areRefused() {
        String tooLong = "ü".repeat(33_000);
        assertRefused(Reason.BAD_HEADER, () -> bus.publish(text(topic, "", "x", tooLong)));
        for (String header : new String[] {"correlation-id", "type", "reply-to"}) {
            assertRefused(Reason.BAD_HEADER, () -> bus.publish(text(topic, "", header, "c".repeat(10_000))));
        }
        bus.publish(text(queue, "", "correlation-id", "c".repeat(8_000), "type", "t".repeat(8_000)));
        assertThat(bus.isAvailable()).isTrue();
    }

    @Test
    void headers_unreadable_areRefused() {
        assertRefused(Reason.BAD_HEADER, () -> bus.publish(text(topic, "", "priority", "urgent")));
    }
}
