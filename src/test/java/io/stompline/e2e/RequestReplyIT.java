package io.stompline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompline.e2e.support.Bridge;
import io.stompline.e2e.support.RawClient;
import io.stompline.e2e.support.ReceivedFrame;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.Message;
import jakarta.jms.TemporaryQueue;
import jakarta.jms.TextMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Questions and answers between browsers and JMS applications. */
@ExtendWith(Bridge.Shared.class)
class RequestReplyIT {
    private static final long RECEIVE_MILLIS = 10_000;

    private final String name = Bridge.freshName();
    private final Bridge bridge;
    private JMSContext application;
    private RawClient browser;

    RequestReplyIT(Bridge bridge) {
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
    void reply_ofABrowser_reachesAJmsApplication() throws Exception {
        browser.send("SUBSCRIBE\nid:s\ndestination:/queue/" + name + "\nreceipt:r\n\n\0");
        assertThat(browser.next()).startsWith("RECEIPT\n");
        TemporaryQueue replies = application.createTemporaryQueue();
        TextMessage question = application.createTextMessage("?");
        question.setJMSReplyTo(replies);
        question.setJMSCorrelationID("q1");
        application.createProducer().send(application.createQueue(name), question);

        ReceivedFrame asked = ReceivedFrame.next(browser);
        assertThat(asked.header("reply-to")).startsWith("/temp-queue/");
        browser.send("SEND\ndestination:" + asked.header("reply-to") + "\ncorrelation-id:"
                + asked.header("correlation-id") + "\n\n!\0");
        try (JMSConsumer consumer = application.createConsumer(replies)) {
            Message answer = consumer.receive(RECEIVE_MILLIS);
            assertThat(answer.getBody(String.class)).isEqualTo("!");
            assertThat(answer.getJMSCorrelationID()).isEqualTo("q1");
        }
    }

    @Test
    void reply_ofAJmsApplication_reachesABrowser() throws Exception {
        try (JMSConsumer questions = application.createConsumer(application.createQueue(name))) {
            browser.send(
                    "SEND\ndestination:/queue/" + name + "\nreply-to:/temp-queue/answers\ncorrelation-id:q1\n\n?\0");
            Message question = questions.receive(RECEIVE_MILLIS);
            assertThat(question.getJMSReplyTo()).isInstanceOf(TemporaryQueue.class);
            application
                    .createProducer()
                    .setJMSCorrelationID(question.getJMSCorrelationID())
                    .send(question.getJMSReplyTo(), "!");
        }
        ReceivedFrame answer = ReceivedFrame.next(browser);
        assertThat(answer.command()).isEqualTo("MESSAGE");
        assertThat(answer.headerLines())
                .contains("destination:/temp-queue/answers", "subscription:/temp-queue/answers", "correlation-id:q1");
        assertThat(answer.body()).isEqualTo("!");
    }

    @Test
    void unsubscribe_ofATemporaryQueue_leavesNobodyWhoGetsTheAnswer() throws Exception {
        try (JMSConsumer questions = application.createConsumer(application.createQueue(name))) {
            browser.send("SEND\ndestination:/queue/" + name + "\nreply-to:/temp-queue/a\n\n?\0"
                    + "UNSUBSCRIBE\nid:/temp-queue/a\nreceipt:u\n\n\0");
            assertThat(browser.next()).isEqualTo("RECEIPT\nreceipt-id:u\n\n");
            Message question = questions.receive(RECEIVE_MILLIS);
            assertThatThrownBy(() -> application.createProducer().send(question.getJMSReplyTo(), "!"))
                    .isInstanceOf(JMSRuntimeException.class);
        }
        browser.send("UNSUBSCRIBE\nid:/temp-queue/a\n\n\0");
        assertThat(browser.next()).startsWith("ERROR\nmessage:unknown subscription\n");
    }

    @Test
    void reply_ofABrowserToATopicMessage_reachesABrowser() throws Exception {
        try (RawClient other = bridge.browser("1.1")) {
            other.send("SUBSCRIBE\nid:s\ndestination:/topic/" + name + "\nreceipt:r\n\n\0");
            assertThat(other.next()).startsWith("RECEIPT\n");
            browser.send("SEND\ndestination:/topic/" + name + "\nreply-to:/temp-queue/mine\n\n?\0");
            String replyTo = ReceivedFrame.next(other).header("reply-to");
            other.send("SEND\ndestination:" + replyTo + "\n\n!\0");
            assertThat(ReceivedFrame.next(browser).body()).isEqualTo("!");
        }
    }

    @Test
    void reply_requesterIsGone_isAProblemOfTheReceiptAlsoInATransaction() throws Exception {
        browser.send("SUBSCRIBE\nid:s\ndestination:/queue/" + name + "\nack:client\nreceipt:r\n\n\0");
        assertThat(browser.next()).startsWith("RECEIPT\n");
        TemporaryQueue replies = application.createTemporaryQueue();
        Message question = application.createTextMessage("?");
        question.setJMSReplyTo(replies);
        application.createProducer().send(application.createQueue(name), question);
        ReceivedFrame asked = ReceivedFrame.next(browser);
        replies.delete();

        String reply = "SEND\ndestination:" + asked.header("reply-to") + "\n";
        browser.send(reply + "receipt:1\n\n!\0");
        assertThat(ReceivedFrame.next(browser).header("problem")).contains("the requester is gone");
        browser.send("BEGIN\ntransaction:t\n\n\0" + reply + "transaction:t\n\n!\0ACK\nid:" + asked.header("ack")
                + "\ntransaction:t\n\n\0COMMIT\ntransaction:t\nreceipt:2\n\n\0");
        ReceivedFrame committed = ReceivedFrame.next(browser);
        assertThat(committed.header("receipt-id")).isEqualTo("2");
        assertThat(committed.header("problem")).contains("the requester is gone");
        browser.send("SEND\ndestination:/queue/" + name + "\nreceipt:3\n\nnext\0");
        browser.send("DISCONNECT\nreceipt:4\n\n\0");
        browser.close();
        try (JMSConsumer left = application.createConsumer(application.createQueue(name))) {
            assertThat(left.receive(RECEIVE_MILLIS).getBody(String.class)).isEqualTo("next");
        }
    }

    @Test
    void temporaryQueue_ofAnother_isRefused() throws Exception {
        TemporaryQueue replies = application.createTemporaryQueue();
        browser.send("SEND\ndestination:/temp-queue/" + replies.getQueueName() + "\n\n!\0");
        assertThat(browser.next()).startsWith("ERROR\n");
    }

    @Test
    void replyTo_topicOrQueueOfJms_isShownAsDestination() throws Exception {
        browser.send("SUBSCRIBE\nid:s\ndestination:/topic/" + name + "\nreceipt:r\n\n\0");
        assertThat(browser.next()).startsWith("RECEIPT\n");
        application
                .createProducer()
                .setJMSReplyTo(application.createTopic("answers$002dhere.all"))
                .send(application.createTopic(name), "?");
        assertThat(ReceivedFrame.next(browser).header("reply-to")).isEqualTo("/topic/answers-here/all");
    }
}
