package io.stompline.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.frame.Command;
import io.stompline.frame.Version;
import io.stompline.routing.BusException;
import io.stompline.routing.Destination;
import io.stompline.routing.InMemoryBus;
import io.stompline.session.protocol.CloseCause;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StompSessionAckTest {
    private static final Destination QUEUE = Destination.queue("q");

    private final TestNode node = new TestNode();
    private final TestClient ann = node.connected("ann");

    @Test
    void ack_auto_acknowledgesWhatTheSocketTook() {
        ann.subscribe("s", "/queue/q");
        publish("1");
        assertThat(ann.received()).containsExactly("s: 1");
        assertThat(node.bus.log()).contains("acknowledge 1");
    }

    @Test
    void ack_client_settlesAllBefore() {
        ann.subscribe("s", "/queue/q", "ack", "client");
        publish("1", "2", "3");
        ann.ack("2", "receipt", "r");
        assertThat(ann.received()).containsExactly("s: 1", "s: 2", "s: 3", "receipt r");
        assertGivenBack("3");
    }

    @Test
    void ack_clientIndividual_settlesOne() {
        ann.subscribe("s", "/queue/q", "ack", "client-individual");
        publish("1", "2", "3");
        ann.ack("2");
        assertGivenBack("1", "3");
    }

    @Test
    void ack_pending_limitsFurtherDeliveries() {
        ann.subscribe("s", "/queue/q", "ack", "client-individual");
        publish("1", "2", "3", "4", "5", "6", "7");
        assertThat(ann.received()).hasSize(5);
        ann.ack("4");
        assertThat(ann.received()).containsExactly("s: 6");
    }

    @Test
    void nack_requeueOrNot_redeliversOrGoesToTheDeadMessages() {
        ann.subscribe("s", "/queue/q", "ack", "client-individual");
        publish("1", "2");
        ann.nack("1");
        assertThat(ann.received()).containsExactly("s: 1", "s: 2", "s: 1 again");
        ann.nack("2", "requeue", "false");
        assertThat(ann.received()).isEmpty();
        assertThat(node.bus.dead()).containsExactly("2");
        ann.nack("1", "requeue", "maybe");
        assertThat(ann.received()).containsExactly("error: invalid header");
    }

    @Test
    void ack_idOf11And12_isMessageIdAndAck() {
        TestClient older = node.connected("older", Version.V1_1);
        older.subscribe("t", "/queue/q", "ack", "client");
        publish("1");
        String id = older.header("1", "message-id");
        assertThat(older.last().header("ack")).isEmpty();
        older.send(Command.ACK, "subscription", "t", "message-id", id, "receipt", "r");
        assertThat(older.received()).containsExactly("t: 1", "receipt r");
        ann.subscribe("s", "/topic/a");
        node.publish("/topic/a", "2");
        assertThat(ann.last().header("ack")).as("nothing to acknowledge by").isEmpty();
    }

    @Test
    void ack_in11WithAnotherSubscription_isRefused() {
        TestClient older = node.connected("older", Version.V1_1);
        older.subscribe("t", "/queue/q", "ack", "client");
        publish("1");
        older.received();
        older.send(Command.ACK, "subscription", "u", "message-id", older.header("1", "message-id"));
        assertThat(older.received()).containsExactly("error: unknown subscription");
    }

    @Test
    void ack_in10_needsTheMessageIdOnly() {
        TestClient oldest = node.connected("oldest", Version.V1_0);
        oldest.send(Command.SUBSCRIBE, "destination", "/queue/q", "ack", "client");
        publish("1");
        oldest.send(Command.ACK, "message-id", oldest.header("1", "message-id"), "receipt", "r");
        assertThat(oldest.received()).containsExactly(": 1", "receipt r");
        oldest.send(Command.NACK, "message-id", "1-1");
        assertThat(oldest.received()).containsExactly("error: command is not part of this version");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "-", "1-", "1-2", "0-1", "-1-1", "2-1", "99999999999-1", "1", "ID:1"})
    void ack_unknownId_isRefused(String id) {
        ann.subscribe("s", "/queue/q", "ack", "client");
        publish("1");
        ann.received();
        ann.send(Command.ACK, "id", id, "receipt", "r");
        assertThat(ann.received()).containsExactly("error: unknown message");
    }

    @Test
    void ack_ofWhatIsSettled_isIgnored() {
        ann.subscribe("s", "/queue/q", "ack", "client");
        publish("1");
        publish("2");
        ann.ack("2");
        ann.ack("1", "receipt", "r1");
        ann.ack("2", "receipt", "r2");
        assertThat(ann.received()).containsExactly("s: 1", "s: 2", "receipt r1", "receipt r2");
        assertThat(node.bus.waiting(QUEUE)).isEmpty();
    }

    @Test
    void ack_ofAnothersIdWithAnAutoSubscription_isRefused() {
        ann.subscribe("s", "/queue/q", "ack", "client");
        ann.subscribe("auto", "/topic/a");
        publish("1");
        ann.ack("1", "subscription", "auto");
        assertThat(ann.received()).containsExactly("s: 1", "error: unknown subscription");
    }

    @Test
    void ack_withRequeue_saysNothing() {
        ann.subscribe("s", "/queue/q", "ack", "client");
        publish("1");
        ann.ack("1", "requeue", "x", "receipt", "r");
        assertThat(ann.received()).containsExactly("s: 1", "receipt r");
    }

    @Test
    void ack_ofASubscriptionInModeAuto_isIgnored() {
        ann.subscribe("s", "/queue/q");
        ann.send(Command.ACK, "id", "ID:1", "subscription", "s", "receipt", "r");
        assertThat(ann.received()).containsExactly("receipt r");
        ann.send(Command.ACK, "id", "ID:1", "subscription", "other");
        assertThat(ann.received()).containsExactly("error: unknown message");
    }

    @ParameterizedTest
    @CsvSource({"V1_0, message-id, ''", "V1_0, message-id, s", "V1_1, message-id, s", "V1_2, id, ''", "V1_2, id, s"})
    void ack_ofAGivenAutoMessage_isIgnoredAlsoAfterUnsubscribe(Version version, String header, String subscription) {
        for (String destination : List.of("/queue/q", "/topic/a")) {
            TestClient client = node.connected("client", version);
            client.subscribe("s", destination);
            node.publish(destination, "x");
            Optional<String> id = client.last().header("message-id");
            assertIgnored(client, version, header, id, subscription);
            client.send(Command.UNSUBSCRIBE, "id", "s");
            assertIgnored(client, version, header, id, subscription);
        }
    }

    @Test
    void ack_ofAnAutoMessageWithoutIdOfTheSubscription_isIgnoredIn10() {
        TestClient oldest = node.connected("oldest", Version.V1_0);
        oldest.send(Command.SUBSCRIBE, "destination", "/topic/local");
        node.publish("/topic/local", "x");
        oldest.send(Command.ACK, "message-id", oldest.header("x", "message-id"), "receipt", "r");
        oldest.send(Command.UNSUBSCRIBE, "destination", "/topic/local");
        oldest.send(Command.ACK, "message-id", "local-1", "receipt", "r2");
        assertThat(oldest.received()).containsExactly(": x", "receipt r", "receipt r2");
    }

    @ParameterizedTest
    @CsvSource({
        "V1_0, message-id, ''",
        "V1_0, message-id, /temp-queue/mine",
        "V1_1, message-id, /temp-queue/mine",
        "V1_2, id, ''",
        "V1_2, id, /temp-queue/mine"
    })
    void ack_ofAnAnswer_isIgnoredAlsoAfterUnsubscribe(Version version, String header, String subscription) {
        TestClient client = node.connected("client", version);
        client.publish("/queue/questions", "how?", "reply-to", "/temp-queue/mine");
        client.publish("/temp-queue/mine", "so");
        String id = client.header("so", "message-id");
        assertIgnored(client, version, header, Optional.of(id), subscription);
        client.send(Command.UNSUBSCRIBE, "id", "/temp-queue/mine");
        assertIgnored(client, version, header, Optional.of(id), subscription);
    }

    private void assertIgnored(
            TestClient client, Version version, String header, Optional<String> id, String subscription) {
        List<Command> commands = version == Version.V1_0 ? List.of(Command.ACK) : List.of(Command.ACK, Command.NACK);
        client.received();
        for (Command command : commands) {
            client.send(command, header, id.orElseThrow(), "subscription", subscription, "receipt", "r");
            assertThat(client.received()).containsExactly("receipt r");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "V1_0, message-id, s",
        "V1_1, message-id, s",
        "V1_1, message-id, never",
        "V1_2, id, s",
        "V1_2, id, never"
    })
    void ack_inventedIdOfNoAutoSubscription_isRefused(Version version, String header, String subscription) {
        for (Command command : List.of(Command.ACK, Command.NACK)) {
            if (command == Command.NACK && version == Version.V1_0) {
                continue;
            }
            TestClient client = node.connected("client", version);
            client.subscribe("s", "/queue/q", "ack", "client");
            client.subscribe("auto", "/topic/a");
            client.send(command, header, "ID:1", "subscription", subscription);
            assertThat(client.received()).containsExactly("error: unknown message");
        }
    }

    @Test
    void ack_inventedNumberOfASubscription_isRefusedBesideAnAutoOne() {
        ann.subscribe("s", "/queue/q", "ack", "client");
        ann.subscribe("auto", "/topic/a");
        ann.send(Command.ACK, "id", "1-1");
        assertThat(ann.received()).containsExactly("error: unknown message");
    }

    @Test
    void ack_afterUnsubscribe_isIgnored() {
        ann.subscribe("s", "/queue/q", "ack", "client");
        publish("1");
        ann.send(Command.UNSUBSCRIBE, "id", "s");
        ann.ack("1", "receipt", "r");
        assertThat(ann.received()).containsExactly("s: 1", "receipt r");
        assertThat(node.bus.waiting(QUEUE)).containsExactly("1");
    }

    @Test
    void ack_idsOfTwoSubscriptions_differ() {
        ann.subscribe("s", "/queue/q", "ack", "client");
        ann.subscribe("t", "/queue/other", "ack", "client");
        publish("1");
        node.publish("/queue/other", "2");
        assertThat(ann.header("1", "ack")).isNotEqualTo(ann.header("2", "ack"));
        ann.ack("1");
        ann.ack("2");
        assertThat(node.bus.log()).endsWith("acknowledge 1", "acknowledge 2");
    }

    @Test
    void ack_noneOfATopic_endsTheClient() {
        ann.subscribe("s", "/topic/a", "ack", "client");
        for (int i = 1; i <= 4; i++) {
            node.publish("/topic/a", "" + i);
        }
        assertThat(ann.received()).containsExactly("s: 1", "s: 2", "s: 3", "error: client reads too slowly");
        assertThat(ann.last().body().text().orElseThrow())
                .contains("stompline.subscription.max-unacknowledged-of-topic");
    }

    @Test
    void ack_ofATopic_makesRoom() {
        ann.subscribe("s", "/topic/a", "ack", "client-individual");
        for (int i = 1; i <= 20; i++) {
            node.publish("/topic/a", "" + i);
            ann.ack("" + i);
        }
        assertThat(ann.received()).hasSize(20).noneMatch(frame -> frame.startsWith("error"));
    }

    @ParameterizedTest
    @EnumSource
    void ack_failureOfTheBus_isAnErrorIfTheClientReliesOnIt(Counting counting) {
        ann.subscribe("s", "/queue/q", "ack", "client");
        publish("1");
        ann.received();
        node.bus.failNext(
                InMemoryBus.Call.SETTLE, new BusException(BusException.Reason.UNAVAILABLE, "the broker is away"));
        if (counting == Counting.WITH_RECEIPT) {
            ann.ack("1", "receipt", "r");
            assertThat(ann.received()).containsExactly("error: message broker unavailable");
        } else {
            ann.ack("1");
            assertThat(ann.received()).isEmpty();
        }
    }

    enum Counting {
        WITH_RECEIPT,
        WITHOUT
    }

    /** Ends the connection: what it had unacknowledged is in the queue again, in order. */
    private void assertGivenBack(String... bodies) {
        ann.session.close(CloseCause.CLIENT_GONE);
        assertThat(node.bus.waiting(QUEUE)).containsExactly(bodies);
    }

    private void publish(String... bodies) {
        for (String body : bodies) {
            node.publish("/queue/q", body);
        }
    }
}
