package io.stompline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.e2e.support.Bridge;
import io.stompline.e2e.support.Clients;
import io.stompline.e2e.support.RawClient;
import io.stompline.e2e.support.ReceivedFrame;
import io.stompline.e2e.support.WithSeparateBroker;
import jakarta.jms.JMSContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Topics that do not go through the message broker ({@code stompline.local-topics}). */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LocalTopicIT extends WithSeparateBroker {
    private final String name = Bridge.freshName();
    private final String local = "/topic/pointers/" + name;

    @BeforeAll
    static void start() {
        start(demo -> demo.with("stompline.local-topics", "/topic/ticks, /topic/pointers/**, /topic/orders"));
    }

    @Test
    void localTopic_messages_arriveInOrderWithTheirHeaders() throws Exception {
        RawClient subscriber = clients.subscriber(local);
        RawClient publisher = clients.connect();
        for (int i = 0; i < 500; i++) {
            publisher.send("SEND\ndestination:" + local + "\nx:\\cy\n\n" + i + "\0");
        }
        for (int i = 0; i < 500; i++) {
            ReceivedFrame message = ReceivedFrame.next(subscriber);
            assertThat(message.body()).isEqualTo(Integer.toString(i));
            assertThat(message.header("destination")).isEqualTo(local);
            assertThat(message.header("x")).isEqualTo("\\cy");
            assertThat(message.header("timestamp")).containsOnlyDigits();
        }
    }

    @Test
    void localTopic_transaction_isSentAtCommitOnly() throws Exception {
        RawClient subscriber = clients.subscriber(local);
        RawClient publisher = clients.connect();
        publisher.send("BEGIN\ntransaction:1\n\n\0BEGIN\ntransaction:2\n\n\0");
        Clients.send(publisher, local + "\ntransaction:1", "aborted");
        Clients.send(publisher, local + "\ntransaction:2", "committed");
        publisher.send("ABORT\ntransaction:1\n\n\0COMMIT\ntransaction:2\n\n\0");
        assertThat(ReceivedFrame.next(subscriber).body()).isEqualTo("committed");
        Clients.send(publisher, local, "last");
        assertThat(ReceivedFrame.next(subscriber).body()).isEqualTo("last");
    }

    @Test
    void localTopic_pattern_bringsLocalAndBridgedTopics() throws Exception {
        RawClient subscriber = clients.subscriber("/topic/*/" + name);
        RawClient publisher = clients.connect();
        Clients.send(publisher, local, "local");
        assertThat(ReceivedFrame.next(subscriber).body()).isEqualTo("local");
        Clients.send(publisher, "/topic/news/" + name, "bridged");
        assertThat(ReceivedFrame.next(subscriber).body()).isEqualTo("bridged");
    }

    @Test
    void localTopic_ofJms_isAnotherTopic() throws Exception {
        RawClient subscriber = clients.subscriber(local);
        try (JMSContext application = broker.connectionFactory().createContext()) {
            var topic = application.createTopic("pointers." + name);
            application.createProducer().send(topic, "from JMS");
        }
        Clients.send(clients.connect(), local, "from here");
        assertThat(ReceivedFrame.next(subscriber).body()).isEqualTo("from here");
    }

    @ParameterizedTest
    @ValueSource(strings = {"selector:x = 'y'", "durable:true"})
    void localTopic_selectorOrDurable_isRefused(String header) throws Exception {
        RawClient client = clients.connect();
        client.send("SUBSCRIBE\nid:1\ndestination:" + local + "\n" + header + "\n\n\0");
        ReceivedFrame error = ReceivedFrame.next(client);
        assertThat(error.command()).isEqualTo("ERROR");
        assertThat(error.header("message")).isEqualTo("invalid header");
        assertThat(error.body()).contains("stompline.local-topics");
    }

    @Test
    void localTopic_publishedByABean_isSentAfterCommit() throws Exception {
        RawClient subscriber = clients.subscriber("/topic/orders");
        RawClient customer = clients.connect();
        customer.send("SEND\ndestination:/app/orders\nreceipt:r\n\n{\"item\":\"never\",\"paymentFails\":true}\0");
        assertThat(ReceivedFrame.next(customer).header("problem")).startsWith("payment failed");
        Clients.send(customer, "/app/orders", "{\"item\":\"pen\"}");
        assertThat(ReceivedFrame.next(subscriber).body()).isEqualTo("{\"by\":\"user1\",\"item\":\"pen\"}");
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void localTopic_messageBrokerAway_works() throws Exception {
        broker.kill();
        RawClient subscriber = clients.subscriber("/topic/ticks");
        Clients.send(clients.connect(), "/topic/ticks", "tick");
        assertThat(ReceivedFrame.next(subscriber).body()).isEqualTo("tick");
    }
}
