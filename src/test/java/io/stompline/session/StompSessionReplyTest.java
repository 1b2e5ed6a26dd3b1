package io.stompline.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.frame.Command;
import io.stompline.frame.Version;
import io.stompline.session.protocol.CloseCause;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Temporary queues, which a reply-to makes. */
class StompSessionReplyTest {
    private final TestNode node = new TestNode();
    private final TestClient ann = node.connected("ann");
    private final TestClient server = node.connected("server");

    @Test
    void replyTo_temporaryQueue_needsNoSubscribe() {
        server.subscribe("s", "/queue/questions");
        ann.publish("/queue/questions", "how?", "reply-to", "/temp-queue/answers");
        String address = server.header("how?", "reply-to");
        assertThat(address).startsWith("/temp-queue/").isNotEqualTo("/temp-queue/answers");
        server.publish(address, "so");
        assertThat(ann.received()).containsExactly("/temp-queue/answers: so");
        assertThat(ann.header("so", "destination")).isEqualTo("/temp-queue/answers");
    }

    @Test
    void replyTo_sameName_isOneQueue() {
        server.subscribe("s", "/topic/questions");
        ann.publish("/topic/questions", "1", "reply-to", "/temp-queue/x");
        ann.publish("/topic/questions", "2", "reply-to", "/temp-queue/x");
        ann.publish("/topic/questions", "3", "reply-to", "/temp-queue/y");
        assertThat(server.header("1", "reply-to"))
                .isEqualTo(server.header("2", "reply-to"))
                .isNotEqualTo(server.header("3", "reply-to"));
    }

    @Test
    void replyTo_sameNameOfTwoClients_isTwoQueues() {
        server.subscribe("s", "/queue/questions");
        TestClient bob = node.connected("bob");
        ann.publish("/queue/questions", "ann's", "reply-to", "/temp-queue/x");
        bob.publish("/queue/questions", "bob's", "reply-to", "/temp-queue/x");
        server.publish(server.header("bob's", "reply-to"), "yours");
        assertThat(bob.received()).containsExactly("/temp-queue/x: yours");
        assertThat(ann.received()).isEmpty();
    }

    @Test
    void temporaryQueue_owner_maySendToIt() {
        ann.publish("/queue/questions", "how?", "reply-to", "/temp-queue/x");
        ann.publish("/temp-queue/x", "note");
        assertThat(ann.received()).containsExactly("/temp-queue/x: note");
    }

    @Test
    void temporaryQueue_strangers_mayNotSendToIt() {
        server.subscribe("s", "/queue/questions");
        ann.publish("/queue/questions", "how?", "reply-to", "/temp-queue/x");
        TestClient eve = node.connected("eve");
        eve.publish(server.header("how?", "reply-to"), "wrong");
        assertThat(eve.received()).containsExactly("error: destination not allowed");
        assertThat(ann.received()).isEmpty();
    }

    @Test
    void replyTo_inAReply_isATemporaryQueueToo() {
        server.subscribe("s", "/queue/questions");
        ann.publish("/queue/questions", "how?", "reply-to", "/temp-queue/x");
        server.publish(server.header("how?", "reply-to"), "who asks?", "reply-to", "/temp-queue/y");
        ann.publish(ann.header("who asks?", "reply-to"), "ann");
        assertThat(server.received()).containsExactly("s: how?", "/temp-queue/y: ann");
    }

    @ParameterizedTest
    @CsvSource({"V1_0, destination", "V1_0, id", "V1_2, id"})
    void unsubscribe_ofATemporaryQueue_closesIt(Version version, String header) {
        TestClient bob = node.connected("bob", version);
        server.subscribe("s", "/queue/questions");
        bob.publish("/queue/questions", "1", "reply-to", "/temp-queue/x");
        bob.send(Command.UNSUBSCRIBE, header, "/temp-queue/x", "receipt", "r");
        assertThat(bob.received()).containsExactly("receipt r");
        assertThat(node.bus.log()).last().asString().startsWith("close /temp-queue/");
        bob.publish("/queue/questions", "2", "reply-to", "/temp-queue/x");
        assertThat(server.header("2", "reply-to")).isNotEqualTo(server.header("1", "reply-to"));
        server.publish(server.header("2", "reply-to"), "so");
        assertThat(bob.received()).containsExactly("/temp-queue/x: so");
        bob.send(Command.UNSUBSCRIBE, header, "/temp-queue/unknown");
        assertThat(bob.received()).containsExactly("error: unknown subscription");
    }

    @Test
    void temporaryQueue_delayedReply_isRefused() {
        server.subscribe("s", "/queue/questions");
        ann.publish("/queue/questions", "1", "reply-to", "/temp-queue/x");
        server.publish(server.header("1", "reply-to"), "so", "delivery-delay", "5");
        assertThat(server.received()).last().isEqualTo("error: invalid header");
        assertThat(server.last().body().text().orElseThrow()).contains("a temporary queue delivers at once");
    }

    @Test
    void temporaryQueue_connectionEnds_isClosed() {
        ann.publish("/queue/questions", "how?", "reply-to", "/temp-queue/x");
        ann.session.close(CloseCause.CLIENT_GONE);
        assertThat(node.bus.log()).last().asString().startsWith("close /temp-queue/");
    }

    @Test
    void temporaryQueue_limit_countsAsASubscription() {
        for (int i = 0; i < 4; i++) {
            ann.publish("/queue/questions", "how?", "reply-to", "/temp-queue/" + i);
        }
        ann.publish("/queue/questions", "how?", "reply-to", "/temp-queue/0");
        assertThat(ann.received()).isEmpty();
        ann.publish("/queue/questions", "how?", "reply-to", "/temp-queue/4");
        assertThat(ann.received()).containsExactly("error: limit exceeded");
    }

    @Test
    void reply_requesterIsGone_isAProblemOfTheReceiptAndTheConnectionStays() {
        String address = addressOfOneWhoLeft("how?");
        server.publish(address, "so");
        server.publish(address, "so", "receipt", "r");
        assertThat(server.received()).containsExactly("receipt r");
        assertThat(server.receipt("r").header("problem").orElseThrow()).contains("the requester is gone");
        assertThat(server.wire.closed()).isEmpty();
    }

    @Test
    void reply_requesterIsGoneAtCommit_leavesTheRestOfTheTransaction() {
        String gone = addressOfOneWhoLeft("1");
        ann.publish("/queue/questions", "2", "reply-to", "/temp-queue/x");
        server.send(Command.BEGIN, "transaction", "t");
        server.publish(gone, "to nobody", "transaction", "t");
        server.publish(server.header("2", "reply-to"), "to ann", "transaction", "t");
        server.publish(gone, "to nobody, too", "transaction", "t");
        server.send(Command.COMMIT, "transaction", "t", "receipt", "r");
        assertThat(server.receipt("r").header("problem").orElseThrow()).contains("the requester is gone");
        assertThat(ann.received()).containsExactly("/temp-queue/x: to ann");
        assertThat(server.wire.closed()).isEmpty();
    }

    @Test
    void reply_aloneInItsTransaction_isNotCommitted() {
        String gone = addressOfOneWhoLeft("1");
        server.send(Command.BEGIN, "transaction", "t");
        server.publish(gone, "to nobody", "transaction", "t");
        server.send(Command.COMMIT, "transaction", "t", "receipt", "r");
        assertThat(server.receipt("r").header("problem")).isPresent();
        assertThat(node.bus.log()).noneMatch(event -> event.startsWith("commit"));
    }

    /** Asks a question, and leaves. */
    private String addressOfOneWhoLeft(String question) {
        TestClient bob = node.connected("bob");
        server.subscribe("s", "/queue/questions");
        bob.publish("/queue/questions", question, "reply-to", "/temp-queue/x");
        bob.session.close(CloseCause.CLIENT_GONE);
        server.received();
        return server.header(question, "reply-to");
    }

    @Test
    void replyTo_otherDestination_isPassedOn() {
        server.subscribe("s", "/queue/questions");
        ann.publish("/queue/questions", "how?", "reply-to", "/queue/answers", "reply-to", "/temp-queue/x");
        assertThat(server.header("how?", "reply-to")).isEqualTo("/queue/answers");
        ann.publish("/queue/questions", "how else?", "reply-to", "nobody");
        assertThat(ann.received()).containsExactly("error: invalid destination");
    }

    @ParameterizedTest
    @CsvSource({
        "/topic/stompline/users, destination not allowed",
        "/queue/mq/sys/dmq, destination not allowed",
        "/topic/**, invalid destination",
        "/user/queue/x, invalid destination",
        "/app/x, invalid destination"
    })
    void replyTo_whereTheSenderMayNotSend_isRefused(String replyTo, String sentence) {
        for (String destination : List.of("/queue/questions", "/app/questions")) {
            TestClient eve = node.connected("eve");
            eve.publish(destination, "how?", "reply-to", replyTo);
            assertThat(eve.received()).containsExactly("error: " + sentence);
        }
        assertThat(node.application.handled()).isEmpty();
    }

    @Test
    void replyTo_moreQueuesThanTheSenderMayFill_isRefused() {
        for (int i = 1; i <= 3; i++) {
            ann.publish("/topic/questions", "how?", "reply-to", "/queue/" + i);
        }
        ann.publish("/topic/questions", "how?", "reply-to", "/queue/1");
        assertThat(ann.received()).isEmpty();
        ann.publish("/topic/questions", "how?", "reply-to", "/queue/4");
        assertThat(ann.received()).containsExactly("error: limit exceeded");
    }
}
