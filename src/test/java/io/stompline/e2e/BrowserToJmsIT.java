package io.stompline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.e2e.support.Bridge;
import io.stompline.e2e.support.RawClient;
import io.stompline.e2e.support.ReceivedFrame;
import jakarta.jms.BytesMessage;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Queue;
import jakarta.jms.TextMessage;
import jakarta.jms.Topic;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a JMS application sees of the messages that a browser sends. */
@ExtendWith(Bridge.Shared.class)
class BrowserToJmsIT {
    private static final long RECEIVE_MILLIS = 10_000;

    private final String name = Bridge.freshName();
    private final Bridge bridge;
    private JMSContext application;
    private RawClient browser;

    BrowserToJmsIT(Bridge bridge) {
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

    @Test
    void send_textHeadersAndFields_areThoseOfTheJmsMessage() throws Exception {
        long before = System.currentTimeMillis();
        long expires = before + 60_000;
        send("/queue/" + name, "grüße", "type:greeting", "correlation-id:c\\c1", "reply-to:/topic/answers/here");

        TextMessage first = (TextMessage) receive(queue());
        assertThat(first.getText()).isEqualTo("grüße");
        assertThat(first.getJMSType()).isEqualTo("greeting");
        assertThat(first.getJMSCorrelationID()).isEqualTo("c:1");
        assertThat(((Topic) first.getJMSReplyTo()).getTopicName()).isEqualTo("answers.here");
        assertThat(first.getJMSPriority()).isEqualTo(Message.DEFAULT_PRIORITY);
        assertThat(first.getJMSExpiration()).isZero();
        assertThat(first.getJMSDeliveryMode()).isEqualTo(DeliveryMode.PERSISTENT);
        assertThat(first.getJMSTimestamp()).isBetween(before, System.currentTimeMillis());

        send("/queue/" + name, "2", "priority:9", "expires:" + expires, "persistent:false", "colour:red", "x-id:9");
        Message second = receive(queue());
        assertThat(second.getJMSPriority()).isEqualTo(9);
        assertThat(second.getJMSExpiration()).isBetween(expires - 5_000, expires + 5_000);
        assertThat(second.getJMSDeliveryMode()).isEqualTo(DeliveryMode.NON_PERSISTENT);
        assertThat(second.getStringProperty("colour")).isEqualTo("red");
        assertThat(second.getStringProperty("x$002did")).isEqualTo("9");
    }

    @Test
    void persistent_topic_onlyIfAskedFor() throws Exception {
        try (JMSConsumer consumer = application.createConsumer(application.createTopic(name))) {
            send("/topic/" + name, "usual");
            send("/topic/" + name, "kept", "persistent:true");
            assertThat(consumer.receive(RECEIVE_MILLIS).getJMSDeliveryMode()).isEqualTo(DeliveryMode.NON_PERSISTENT);
            assertThat(consumer.receive(RECEIVE_MILLIS).getJMSDeliveryMode()).isEqualTo(DeliveryMode.PERSISTENT);
        }
    }

    @ParameterizedTest
    @CsvSource({"delivery-delay", "AMQ_SCHEDULED_DELAY", "x-delay"})
    void deliveryDelay_keepsAMessageFromConsumers(String header) throws Exception {
        long before = System.currentTimeMillis();
        send("/queue/" + name, "later", header + ":700");
        send("/queue/" + name, "now");
        assertThat(receive(queue()).getBody(String.class)).isEqualTo("now");
        Message later = receive(queue());
        assertThat(later.getBody(String.class)).isEqualTo("later");
        assertThat(System.currentTimeMillis() - before).isGreaterThanOrEqualTo(700);
        assertThat(names(later)).noneMatch(property -> property.contains("elay"));
    }

    @Test
    void selector_ofJms_seesHeadersOfTheBrowser() throws Exception {
        send("/queue/" + name, "no", "colour:blue");
        send("/queue/" + name, "yes", "colour:red");
        try (JMSConsumer consumer = application.createConsumer(queue(), "colour = 'red'")) {
            assertThat(consumer.receiveBody(String.class, RECEIVE_MILLIS)).isEqualTo("yes");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "type:greeting | type = 'greeting'",
                "priority:7 | priority = 7",
                "correlation-id:c1 | \"correlation-id\" = 'c1'",
                "content-type:text/plain | \"content-type\" = 'text/plain'",
                "x-color:red | \"x-color\" = 'red'",
                "x-color:red | x$002dcolor = 'red'"
            })
    void selector_ofABrowser_namesHeadersAsInStomp(String header, String selector) throws Exception {
        browser.send("SUBSCRIBE\nid:s\ndestination:/topic/" + name + "\nselector:" + selector + "\nreceipt:r\n\n\0");
        assertThat(browser.next()).startsWith("RECEIPT\n");
        try (RawClient other = bridge.browser("1.2")) {
            other.send("SEND\ndestination:/topic/" + name + "\n\nno\0SEND\ndestination:/topic/" + name + "\n" + header
                    + "\n\nyes\0");
            ReceivedFrame selected = ReceivedFrame.next(browser);
            assertThat(selected.body()).isEqualTo("yes");
            assertThat(selected.headerLines()).contains(header);
        }
    }

    @Test
    void contentType_textOrOctets_choosesTheJmsMessage() throws Exception {
        send("/queue/" + name, "{}", "content-type:application/json");
        send("/queue/" + name, "png", "content-type:image/png");
        browser.sendBinary(
                ("SEND\ndestination:/queue/" + name + "\ncontent-length:3\nreceipt:o\n\n\u00ff\u0000\u0001\0")
                        .getBytes(StandardCharsets.ISO_8859_1));
        assertThat(browser.next()).contains("receipt-id:o");

        TextMessage json = (TextMessage) receive(queue());
        assertThat(json.getText()).isEqualTo("{}");
        assertThat(json.getStringProperty("stompline_content_type")).isEqualTo("application/json");
        assertThat(receive(queue()).getBody(byte[].class)).isEqualTo("png".getBytes(StandardCharsets.UTF_8));
        Message octets = receive(queue());
        assertThat(octets).isInstanceOf(BytesMessage.class);
        assertThat(octets.getBody(byte[].class)).isEqualTo(new byte[] {(byte) 0xff, 0, 1});
    }

    @Test
    void header_setByJmsOnly_isNotPassedOn() throws Exception {
        send(
                "/queue/" + name,
                "x",
                "JMSXUserID:admin",
                "JMSXDeliveryCount:9",
                "JMS_SUN_COMPRESS:true",
                "JMSCorrelationID:c",
                "JMSReplyTo:q",
                "stompline_user:admin",
                "stompline_deliveries:99",
                "redelivered:true",
                "timestamp:1");
        Message message = receive(queue());
        assertThat(names(message))
                .allMatch(property -> !property.startsWith("JMSXGroup") && !property.startsWith("JMS_"));
        assertThat(message.getStringProperty("JMSXUserID")).isNotEqualTo("admin");
        assertThat(message.getIntProperty("JMSXDeliveryCount")).isEqualTo(1);
        assertThat(message.getJMSCorrelationID()).isNull();
        assertThat(message.getJMSReplyTo()).isNull();
        assertThat(message.getJMSRedelivered()).isFalse();
        assertThat(message.getJMSTimestamp()).isGreaterThan(1);
        assertThat(names(message)).doesNotContain("stompline_user", "stompline_deliveries", "redelivered");
    }

    @ParameterizedTest
    @CsvSource({
        "a, a",
        "a/b/c, a.b.c",
        "a.b, a$002eb",
        "order-1, order$002d1",
        "7, 7",
        "x/7, x.7",
        "two words, two$0020words",
        "größe/😀, größe.$d83d$de00",
        "a$b, a$b",
        "a$002d, a$0024002d",
        "'quote\\c\"''>#%', 'quote$003a$0022$0027$003e$0023$0025'"
    })
    void destination_names_areMappedOneToOne(String stompName, String jmsName) throws Exception {
        String stomp = name + "/" + stompName;
        Queue jms = application.createQueue(name + "." + jmsName);
        send("/queue/" + stomp, "to JMS");
        assertThat(receive(jms).getBody(String.class)).isEqualTo("to JMS");

        browser.send("SUBSCRIBE\nid:s\ndestination:/queue/" + stomp + "\n\n\0");
        application.createProducer().send(jms, "to STOMP");
        ReceivedFrame frame = ReceivedFrame.next(browser);
        assertThat(frame.body()).isEqualTo("to STOMP");
        assertThat(frame.header("destination")).isEqualTo("/queue/" + stomp);
    }

    @Test
    void destination_reserved_isRefused() throws Exception {
        for (String destination :
                List.of("/queue/mq/sys/dmq", "/topic/mq/metrics/broker", "/queue/stompline/commits")) {
            try (RawClient other = bridge.browser("1.2")) {
                other.send("SEND\ndestination:" + destination + "\n\nx\0");
                assertThat(other.next()).startsWith("ERROR\n");
            }
        }
    }

    private void send(String destination, String body, String... headers) throws InterruptedException {
        String lines = String.join(
                "", List.of(headers).stream().map(line -> line + "\n").toList());
        browser.send("SEND\ndestination:" + destination + "\nreceipt:r\n" + lines + "\n" + body + "\0");
        assertThat(browser.next()).isEqualTo("RECEIPT\nreceipt-id:r\n\n");
    }

    private Queue queue() {
        return application.createQueue(name);
    }

    private Message receive(Queue queue) {
        try (JMSConsumer consumer = application.createConsumer(queue)) {
            return Optional.ofNullable(consumer.receive(RECEIVE_MILLIS)).orElseThrow();
        }
    }

    private static List<String> names(Message message) throws JMSException {
        List<String> names = new ArrayList<>();
        for (Enumeration<?> properties = message.getPropertyNames(); properties.hasMoreElements(); ) {
            names.add(properties.nextElement().toString());
        }
        return names;
    }
}
