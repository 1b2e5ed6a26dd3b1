package io.stompline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stompline.e2e.support.Bridge;
import io.stompline.e2e.support.RawClient;
import io.stompline.e2e.support.ReceivedFrame;
import jakarta.jms.BytesMessage;
import jakarta.jms.DeliveryMode;
import jakarta.jms.Destination;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.StreamMessage;
import jakarta.jms.TextMessage;
import java.io.Serializable;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a browser sees of the messages that a JMS application sends. */
@ExtendWith(Bridge.Shared.class)
class JmsToBrowserIT {
    private static final long RECEIVE_MILLIS = 10_000;

    private final String name = Bridge.freshName();
    private final Bridge bridge;
    private JMSContext application;
    private RawClient browser;

    /** Both kinds of destination. */
    enum Kind {
        TOPIC,
        QUEUE;

        Destination jms(JMSContext context, String name) {
            return this == TOPIC ? context.createTopic(name) : context.createQueue(name);
        }

        String stomp(String name) {
            return (this == TOPIC ? "/topic/" : "/queue/") + name;
        }
    }

    JmsToBrowserIT(Bridge bridge) {
        this.bridge = bridge;
    }

    @BeforeEach
    void connect() throws Exception {
        application = bridge.application();
        browser = bridge.browser("1.2");
    }

    @AfterEach
    void disconnect() {
        browser.close();
        application.close();
    }

    @ParameterizedTest
    @EnumSource
    void message_textFieldsAndProperties_areShown(Kind kind) throws Exception {
        subscribe(kind);
        long before = System.currentTimeMillis();
        TextMessage message = application.createTextMessage("grüße: 😀");
        message.setJMSCorrelationID("c:1");
        message.setJMSType("greeting");
        message.setJMSReplyTo(application.createQueue("answers.here"));
        message.setStringProperty("colour", "red");
        message.setIntProperty("number", 5);
        message.setBooleanProperty("flag", true);
        message.setDoubleProperty("half", 0.5);
        application
                .createProducer()
                .setPriority(7)
                .setTimeToLive(60_000)
                .setDeliveryMode(DeliveryMode.PERSISTENT)
                .send(kind.jms(application, name), message);

        ReceivedFrame frame = ReceivedFrame.next(browser);
        assertThat(frame.command()).isEqualTo("MESSAGE");
        assertThat(frame.body()).isEqualTo("grüße: 😀");
        assertThat(frame.headerLines())
                .contains(
                        "subscription:s",
                        "destination:" + kind.stomp(name),
                        "correlation-id:c\\c1",
                        "type:greeting",
                        "reply-to:/queue/answers/here",
                        "priority:7",
                        "persistent:true",
                        "colour:red",
                        "number:5",
                        "flag:true",
                        "half:0.5");
        assertThat(Long.parseLong(frame.header("timestamp"))).isBetween(before, System.currentTimeMillis());
        assertThat(Long.parseLong(frame.header("expires"))).isEqualTo(message.getJMSExpiration());
        assertThat(frame.header("message-id")).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void message_bytes_areShownAsTheyAre(Kind kind) throws Exception {
        subscribe(kind);
        BytesMessage message = application.createBytesMessage();
        message.writeBytes(new byte[] {(byte) 0xff, 1, (byte) 0x80});
        application.createProducer().send(kind.jms(application, name), message);

        ReceivedFrame frame = ReceivedFrame.next(browser);
        assertThat(frame.headerLines()).contains("content-type:application/octet-stream", "content-length:3");
        assertThat(frame.body()).isEqualTo("\u00ff\u0001\u0080");
    }

    @ParameterizedTest
    @EnumSource
    void message_map_isAJsonObject(Kind kind) throws Exception {
        subscribe(kind);
        MapMessage message = application.createMapMessage();
        message.setString("s", "\"ü\"");
        message.setInt("i", 1);
        message.setBoolean("b", true);
        message.setBytes("o", new byte[] {1, 2, 3});
        application.createProducer().send(kind.jms(application, name), message);

        ReceivedFrame frame = ReceivedFrame.next(browser);
        assertThat(frame.header("content-type")).isEqualTo("application/json");
        assertThat(frame.body())
                .startsWith("{")
                .endsWith("}")
                .contains("\"s\":\"\\\"ü\\\"\"", "\"i\":1", "\"b\":true", "\"o\":\"AQID\"");
    }

    @ParameterizedTest
    @EnumSource
    void message_stream_isAJsonArray(Kind kind) throws Exception {
        subscribe(kind);
        StreamMessage message = application.createStreamMessage();
        message.writeLong(7);
        message.writeString("end");
        message.writeBoolean(false);
        application.createProducer().send(kind.jms(application, name), message);

        ReceivedFrame frame = ReceivedFrame.next(browser);
        assertThat(frame.header("content-type")).isEqualTo("application/json");
        assertThat(frame.body()).isEqualTo("[7,\"end\",false]");
    }

    /** The server has no such class: to deserialize it would fail loudly. */
    @ParameterizedTest
    @EnumSource
    void objectMessage_unopened_isRefusedAndOthersFollow(Kind kind) throws Exception {
        subscribe(kind);
        for (int i = 0; i < 3; i++) {
            application
                    .createProducer()
                    .send(kind.jms(application, name), application.createObjectMessage(new Gadget(i)));
        }
        application.createProducer().send(kind.jms(application, name), "behind");

        assertThat(ReceivedFrame.next(browser).body()).isEqualTo("behind");
        await().atMost(Duration.ofSeconds(10))
                .until(() -> countLines(kind.stomp(name) + " carries object messages: refused") == 1);
        assertThat(countLines(Gadget.class.getName())).isZero();
    }

    @Test
    void objectMessage_ofAQueue_goesToTheDeadMessagesWithoutBody() throws Exception {
        subscribe(Kind.QUEUE);
        application
                .createProducer()
                .setProperty("mark", name)
                .send(application.createQueue(name), application.createObjectMessage(new Gadget(1)));
        Message dead = application
                .createConsumer(application.createQueue("stompline.dead"), "mark = '" + name + "'")
                .receive(RECEIVE_MILLIS);
        assertThat(dead.getStringProperty("stompline_dead_reason")).contains("object message");
        assertThat(dead.getStringProperty("stompline_dead_destination")).isEqualTo("/queue/" + name);
        assertThat(dead.isBodyAssignableTo(Gadget.class)).isTrue();
        assertThat(dead.getBody(Gadget.class)).as("no body").isNull();
    }

    @Test
    void message_withoutBody_isShown() throws Exception {
        subscribe(Kind.TOPIC);
        application.createProducer().send(application.createTopic(name), application.createMessage());
        assertThat(ReceivedFrame.next(browser).body()).isEmpty();
    }

    private void subscribe(Kind kind) throws InterruptedException {
        browser.send("SUBSCRIBE\nid:s\ndestination:" + kind.stomp(name) + "\nreceipt:r\n\n\0");
        assertThat(ReceivedFrame.next(browser).command()).isEqualTo("RECEIPT");
    }

    private long countLines(String text) throws JMSException {
        return bridge.server().log().stream()
                .filter(line -> line.contains(text))
                .count();
    }

    /** Something that only this JVM knows. */
    record Gadget(int number) implements Serializable {}
}
