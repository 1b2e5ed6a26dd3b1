package io.stompline.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.frame.Command;
import io.stompline.routing.BusException;
import io.stompline.routing.Destination;
import io.stompline.routing.InMemoryBus;
import io.stompline.session.protocol.CloseCause;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StompSessionTransactionTest {
    private static final Destination QUEUE = Destination.queue("q");

    private final TestNode node = new TestNode();
    private final TestClient ann = node.connected("ann");

    @Test
    void commit_sends_takeEffectTogether() {
        begin("t");
        ann.publish("/queue/q", "1", "transaction", "t", "receipt", "r1");
        ann.publish("/queue/q", "2", "transaction", "t");
        assertThat(node.bus.log()).isEmpty();
        commit("t");
        assertThat(node.bus.log()).containsExactly("commit [1, 2]");
        assertThat(ann.received()).containsExactly("receipt r1", "receipt commit");
    }

    @Test
    void abort_sends_areDropped() {
        begin("t");
        ann.publish("/queue/q", "1", "transaction", "t");
        abort("t");
        assertThat(ann.received()).containsExactly("receipt abort");
        assertThat(node.bus.log()).isEmpty();
    }

    @Test
    void transaction_twoOpen_areKeptApart() {
        begin("t");
        begin("u");
        ann.publish("/queue/q", "1", "transaction", "t");
        ann.publish("/queue/q", "2", "transaction", "u");
        ann.publish("/queue/q", "3");
        commit("u");
        abort("t");
        assertThat(node.bus.log()).containsExactly("publish 3", "commit [2]");
    }

    @Test
    void begin_idFreeAgain_isTaken() {
        begin("t");
        abort("t");
        begin("t");
        commit("t");
        assertThat(ann.received()).containsExactly("receipt abort", "receipt commit");
    }

    @Test
    void commit_acknowledgements_takeEffectWithTheSends() {
        receiveFromQueue("client-individual", "1", "2", "3");
        begin("t");
        ann.ack("1", "transaction", "t");
        ann.publish("/queue/done", "answer", "transaction", "t");
        ann.nack("2", "transaction", "t", "requeue", "false");
        assertThat(node.bus.dead()).isEmpty();
        commit("t");
        assertThat(node.bus.log()).endsWith("commit [answer]", "acknowledge 1");
        assertThat(node.bus.dead()).containsExactly("2");
        assertGivenBack("3");
    }

    @Test
    void abort_acknowledgements_areUndone() {
        receiveFromQueue("client", "1", "2", "3");
        begin("t");
        ann.ack("2", "transaction", "t");
        abort("t");
        ann.ack("1", "receipt", "r");
        assertThat(ann.received()).containsExactly("receipt abort", "receipt r");
        assertGivenBack("2", "3");
    }

    @Test
    void abort_severalAcknowledgements_keepTheOrder() {
        receiveFromQueue("client", "1", "2", "3", "4");
        begin("t");
        ann.ack("2", "transaction", "t");
        ann.ack("4", "transaction", "t");
        abort("t");
        ann.ack("1");
        assertGivenBack("2", "3", "4");
    }

    @Test
    void ack_ofWhatATransactionHolds_isRefused() {
        receiveFromQueue("client", "1");
        begin("t");
        ann.ack("1", "transaction", "t");
        ann.ack("1");
        assertThat(ann.received()).containsExactly("error: unknown message");
        assertThat(ann.last().body().text().orElseThrow()).contains("an open transaction holds");
    }

    @Test
    void transaction_openAtTheEnd_givesDeliveriesBack() {
        receiveFromQueue("client", "1");
        begin("t");
        ann.ack("1", "transaction", "t");
        ann.publish("/queue/q", "2", "transaction", "t");
        ann.send(Command.DISCONNECT, "receipt", "bye");
        assertThat(ann.received()).containsExactly("receipt bye");
        assertThat(node.bus.waiting(QUEUE)).containsExactly("1");
    }

    @Test
    void commit_application_isCalledAfterTheRest() {
        begin("t");
        ann.publish("/app/orders", "1", "transaction", "t");
        ann.publish("/queue/q", "2", "transaction", "t");
        assertThat(node.application.handled()).isEmpty();
        commit("t");
        assertThat(node.application.handled()).containsExactly("/app/orders ann 1");
    }

    @ParameterizedTest
    @EnumSource(
            value = Command.class,
            names = {"COMMIT", "ABORT", "SEND"})
    void transaction_notOpen_isRefused(Command command) {
        ann.send(command, "transaction", "t", "destination", "/topic/a", "receipt", "r");
        assertThat(ann.received()).containsExactly("error: unknown transaction");
        assertThat(ann.last().header("receipt-id")).contains("r");
    }

    @Test
    void begin_idInUse_isRefused() {
        begin("t");
        begin("t");
        assertThat(ann.received()).containsExactly("error: transaction already open");
    }

    @Test
    void transaction_forbiddenDestination_isRefusedBeforeCommit() {
        begin("t");
        ann.publish("/queue/mq.sys.dmq", "1", "transaction", "t");
        assertThat(ann.received()).containsExactly("error: destination not allowed");
    }

    @Test
    void begin_oneTooMany_isRefused() {
        begin("t");
        begin("u");
        begin("v");
        assertLimit("stompline.transaction.max-open");
    }

    @Test
    void transaction_oneFrameTooMany_isRefused() {
        receiveFromQueue("client", "1");
        begin("t");
        ann.ack("1", "transaction", "t");
        ann.publish("/queue/a", "2", "transaction", "t");
        ann.publish("/app/a", "3", "transaction", "t");
        assertThat(ann.received()).isEmpty();
        ann.publish("/queue/a", "4", "transaction", "t");
        assertLimit("stompline.transaction.max-frames");
    }

    @Test
    void transaction_oneByteTooMany_isRefused() {
        begin("t");
        ann.publish("/queue/a", "x".repeat(600), "transaction", "t");
        ann.publish("/app/a", "x".repeat(400), "transaction", "t");
        assertThat(ann.received()).isEmpty();
        ann.publish("/queue/a", "x", "transaction", "t");
        assertLimit("stompline.transaction.max-bytes");
    }

    @Test
    void transaction_openTooLong_endsTheClient() {
        begin("t");
        ann.pass(Duration.ofSeconds(30));
        begin("u");
        ann.pass(Duration.ofSeconds(30));
        assertThat(ann.received()).isEmpty();
        ann.pass(Duration.ofMillis(1));
        assertLimit("stompline.transaction.timeout");
    }

    @Test
    void transaction_timeout_countsFromTheOldestOpen() {
        begin("t");
        ann.pass(Duration.ofSeconds(40));
        begin("u");
        abort("t");
        ann.pass(Duration.ofSeconds(40));
        assertThat(ann.received()).containsExactly("receipt abort");
    }

    @Test
    void commit_failure_isAnErrorAndGivesEverythingBack() {
        receiveFromQueue("client", "1");
        begin("t");
        ann.ack("1", "transaction", "t");
        node.bus.failNext(InMemoryBus.Call.COMMIT, new BusException(BusException.Reason.UNAVAILABLE, "gone meanwhile"));
        commit("t");
        assertThat(ann.received()).containsExactly("error: message broker unavailable");
        assertThat(ann.last().header("receipt-id")).contains("commit");
        assertThat(node.bus.waiting(QUEUE)).containsExactly("1");
    }

    /** An error would make the client send once more what is sent already; a message whose NACK is lost comes again. */
    @Test
    void commit_nackLost_isAnsweredAsItTookEffect() {
        receiveFromQueue("client", "1");
        begin("t");
        ann.nack("1", "transaction", "t");
        ann.publish("/queue/done", "2", "transaction", "t");
        loseNextSettlement();
        commit("t");
        assertThat(ann.received()).containsExactly("receipt commit");
    }

    @Test
    void commit_onlyALostNack_isAnError() {
        receiveFromQueue("client", "1");
        begin("t");
        ann.nack("1", "transaction", "t");
        loseNextSettlement();
        commit("t");
        assertThat(ann.received()).containsExactly("error: message broker unavailable");
    }

    private void loseNextSettlement() {
        node.bus.failNext(
                InMemoryBus.Call.SETTLE, new BusException(BusException.Reason.UNAVAILABLE, "the broker is away"));
    }

    private void receiveFromQueue(String mode, String... bodies) {
        ann.subscribe("s", "/queue/q", "ack", mode);
        for (String body : bodies) {
            node.publish("/queue/q", body);
        }
        assertThat(ann.received()).hasSize(bodies.length);
    }

    private void begin(String transaction) {
        ann.send(Command.BEGIN, "transaction", transaction);
    }

    private void commit(String transaction) {
        ann.send(Command.COMMIT, "transaction", transaction, "receipt", "commit");
    }

    private void abort(String transaction) {
        ann.send(Command.ABORT, "transaction", transaction, "receipt", "abort");
    }

    private void assertLimit(String setting) {
        assertThat(ann.received()).containsExactly("error: limit exceeded");
        assertThat(ann.last().body().text().orElseThrow()).contains(setting);
    }

    /** Ends the connection: what it had unacknowledged is in the queue again, in order. */
    private void assertGivenBack(String... bodies) {
        ann.session.close(CloseCause.CLIENT_GONE);
        assertThat(node.bus.waiting(QUEUE)).containsExactly(bodies);
    }
}
