package io.stompline.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.frame.Command;
import io.stompline.frame.Version;
import io.stompline.metrics.Meter;
import io.stompline.routing.Destination;
import io.stompline.routing.Feed;
import io.stompline.routing.FeedRequest;
import io.stompline.session.outbox.Wire;
import io.stompline.session.port.Handshake;
import io.stompline.session.protocol.CloseCause;
import io.stompline.session.protocol.DurableName;
import io.stompline.session.subscription.ClientLinks;
import io.stompline.threads.SerialLane;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A client that comes back while its durable subscription is held by a connection that may be dead. */
class StompSessionTakeoverTest {
    /** How often the clock of the node ticks. */
    private static final Duration TICK = Duration.ofMillis(100);

    private static final String IN_USE = "error: durable subscription in use";

    private final TestNode node = new TestNode();

    @Test
    void durable_holderSilent_isTakenOverInOrder() {
        TestClient dead = holder();
        node.publish("/topic/a", "1");
        TestClient back = connected("c");
        back.raw("SUBSCRIBE\nid:s\ndestination:/topic/a\ndurable:true\nreceipt:r1\n\n\0"
                + "SEND\ndestination:/topic/a\nreceipt:r2\n\n2\0");
        assertThat(dead.wire.pings()).isEqualTo(1);
        pass(Duration.ofMillis(1_900), dead, back);
        assertThat(back.received()).isEmpty();
        assertThat(dead.session.hasEnded()).isFalse();
        pass(TICK, dead, back);
        assertThat(back.received()).containsExactly("receipt r1", "receipt r2", "s: 1 again", "s: 2");
        assertThat(dead.received()).containsExactly("s: 1", "error: no heart-beat from the client");
        assertThat(dead.wire.closed()).containsExactly("POLICY_VIOLATION no heart-beat from the client");
        assertThat(node.listener.events())
                .anySatisfy(event -> assertThat(event)
                        .startsWith("disconnected: no heart-beat from the client: the same client came back"));
    }

    @Test
    void durable_holderAnswers_keepsTheSubscription() {
        TestClient alive = holder();
        TestClient twin = connected("c");
        twin.subscribe("s", "/topic/a", "durable", "true");
        node.clock.pass(TICK);
        alive.session.heard();
        pass(TICK, alive, twin);
        assertThat(twin.received()).containsExactly(IN_USE);
        pass(Duration.ofSeconds(2), alive);
        node.publish("/topic/a", "1");
        assertThat(alive.received()).containsExactly("s: 1");
    }

    @Test
    void durable_holderWhoseSocketIsNotRead_keepsTheSubscription() {
        TestClient busy = holder();
        busy.session.listen(false);
        TestClient twin = connected("c");
        twin.subscribe("s", "/topic/a", "durable", "true");
        pass(TICK, busy, twin);
        assertThat(twin.received()).containsExactly(IN_USE);
        pass(Duration.ofSeconds(2), busy);
        assertThat(busy.session.hasEnded()).isFalse();
    }

    @Test
    void durable_manyComeBack_doNotProlongTheTimeOfTheHolder() {
        TestClient dead = holder();
        for (int i = 0; i < 19; i++) {
            TestClient early = connected("c");
            early.subscribe("s", "/topic/a", "durable", "true");
            pass(TICK, dead, early);
            early.session.close(CloseCause.CLIENT_GONE);
        }
        TestClient last = connected("c");
        last.subscribe("s", "/topic/a", "durable", "true", "receipt", "r");
        pass(TICK, dead, last);
        assertThat(last.received()).containsExactly("receipt r");
    }

    @Test
    void durable_twoComeBack_oneGetsItAndTheOtherIsRefused() {
        TestClient dead = holder();
        TestClient one = connected("c");
        TestClient two = connected("c");
        for (TestClient client : new TestClient[] {one, two}) {
            client.subscribe("s", "/topic/a", "durable", "true", "receipt", "r");
        }
        pass(TICK, dead, one, two);
        one.session.heard();
        pass(Duration.ofMillis(1_900), dead, one, two);
        node.clock.pass(TICK);
        one.session.heard();
        pass(TICK, one, two);
        assertThat(one.received()).containsExactly("receipt r");
        assertThat(two.received()).containsExactly(IN_USE);
    }

    @Test
    void durable_ofAnotherClientId_isNotAskedFor() {
        TestClient other = holder();
        TestClient bob = connected("d");
        bob.subscribe("s", "/topic/a", "durable", "true", "receipt", "r");
        assertThat(bob.received()).containsExactly("receipt r");
        assertThat(other.wire.pings()).isZero();
    }

    @Test
    void durable_heldByTheSameConnection_isRefusedAtOnce() {
        TestClient bob = connected("c");
        bob.subscribe("s", "/topic/a", "durable", "true", "name", "n");
        bob.subscribe("t", "/topic/a", "durable", "true", "name", "n");
        assertThat(bob.received()).containsExactly(IN_USE);
    }

    @Test
    void durable_givenUpByTheHolder_isFreeForTheWaiting() {
        TestClient holder = holder();
        TestClient back = connected("c");
        back.subscribe("s", "/topic/a", "durable", "true", "receipt", "r");
        holder.send(Command.DISCONNECT);
        pass(TICK, back);
        assertThat(back.received()).containsExactly("receipt r");
    }

    @Test
    void durable_ofAConnectionThatIsEnding_isWaitedFor() {
        Later tasks = new Later();
        SerialLane lane = new SerialLane(tasks);
        StompSession leaving = session(new FakeWire(), lane);
        String login = "CONNECT\naccept-version:1.2\nhost:h\nclient-id:c\nlogin:bob\npasscode:bob\n\n\0";
        String subscribe = "SUBSCRIBE\nid:s\ndestination:/topic/a\ndurable:true\n\n\0";
        byte[] bytes = (login + subscribe).getBytes(StandardCharsets.UTF_8);
        lane.execute(() -> leaving.receive(ByteBuffer.wrap(bytes)));
        tasks.runAll();
        TestClient back = connected("c");
        leaving.close(CloseCause.CLIENT_GONE);
        back.subscribe("s", "/topic/a", "durable", "true", "receipt", "r");
        node.clock.pass(TICK);
        leaving.heard();
        pass(TICK, back);
        assertThat(back.received()).isEmpty();
        tasks.runAll();
        pass(TICK, back);
        assertThat(back.received()).containsExactly("receipt r");
    }

    @Test
    void client_withItsIdComesBack_endsItsSilentConnectionAndGetsItsQueueMessages() {
        TestClient dead = connected("c");
        dead.subscribe("s", "/queue/a", "ack", "client");
        node.publish("/queue/a", "1");
        node.clock.pass(TICK);
        TestClient other = connected("d");
        TestClient alive = connected("c");
        alive.subscribe("s", "/queue/a", "ack", "client");
        pass(TICK, dead, alive, other);
        alive.session.heard();
        pass(Duration.ofSeconds(2), dead, alive, other);
        assertThat(dead.session.hasEnded()).isTrue();
        assertThat(alive.received()).containsExactly("s: 1 again");
        assertThat(other.wire.pings()).isZero();
        assertThat(other.session.hasEnded()).isFalse();
    }

    @Test
    void tab_comesBack_endsItsSilentConnectionOnly() {
        TestClient dead = inTab("bob", "t");
        dead.subscribe("s", "/queue/a", "ack", "client");
        node.publish("/queue/a", "1");
        node.clock.pass(TICK);
        TestClient other = inTab("bob", "u");
        TestClient ofAnotherUser = inTab("ann", "t");
        TestClient alive = inTab("bob", "t");
        alive.subscribe("s", "/queue/a", "ack", "client");
        pass(TICK, dead, alive, other);
        alive.session.heard();
        pass(Duration.ofSeconds(2), dead, alive, other, ofAnotherUser);
        assertThat(dead.session.hasEnded()).isTrue();
        assertThat(alive.received()).containsExactly("s: 1 again");
        assertThat(other.wire.pings() + ofAnotherUser.wire.pings()).isZero();
        assertThat(node.count(Meter.CONNECTIONS_REPLACED)).isEqualTo(1);
    }

    @Test
    void tab_duplicated_bothConnectionsStay() {
        TestClient one = inTab("bob", "t");
        TestClient two = inTab("bob", "t");
        node.clock.pass(TICK);
        assertThat(one.wire.pings()).isEqualTo(1);
        assertThat(two.wire.pings()).isZero();
        one.session.heard();
        pass(Duration.ofSeconds(3), one, two);
        assertThat(one.session.hasEnded() || two.session.hasEnded()).isFalse();
        assertThat(node.count(Meter.CONNECTIONS_REPLACED)).isZero();
    }

    @Test
    void tab_cameBackOnAnotherNode_endsItsSilentConnection() {
        TestClient dead = inTab("bob", "t");
        node.clock.pass(TICK);
        node.links.cameBackElsewhere(ClientLinks.tab("bob", "t"));
        pass(Duration.ofSeconds(2), dead);
        assertThat(dead.session.hasEnded()).isTrue();
    }

    @Test
    void tab_comesBack_isToldToOtherNodesByItsName() {
        List<String> told = new ArrayList<>();
        node.links.tellOthers(told::add);
        node.connected("bob", Version.V1_2, "x-tab", "t", "client-id", "c");
        assertThat(told).containsExactly(DurableName.owner("bob", "c"), ClientLinks.tab("bob", "t"));
    }

    /** Each tab would else leave a durable subscription behind. */
    @Test
    void tab_durableSubscription_belongsToTheUserAlone() {
        holdElsewhere();
        TestClient tab = inTab("bob", "t");
        tab.subscribe("s", "/topic/a", "durable", "true", "name", "n");
        assertThat(tab.received()).containsExactly(IN_USE);
    }

    @Test
    void client_comesBackAllTheTime_asksALiveConnectionTenTimesASecond() {
        TestClient alive = connected("c");
        for (int i = 0; i < 200; i++) {
            connected("c").session.close(CloseCause.CLIENT_GONE);
            pass(Duration.ofMillis(10), Duration.ofMillis(10), alive);
            alive.session.heard();
        }
        assertThat(alive.wire.pings()).isEqualTo(20);
        assertThat(alive.session.hasEnded()).isFalse();
    }

    @Test
    void client_withoutIdComesBack_asksNobody() {
        TestClient first = node.connected("bob");
        node.connected("bob");
        assertThat(first.wire.pings()).isZero();
    }

    @Test
    void client_cameBackOnAnotherNode_endsItsSilentConnectionOnly() {
        TestClient dead = holder();
        TestClient other = connected("d");
        node.links.cameBackElsewhere(DurableName.owner("bob", "c"));
        pass(Duration.ofSeconds(2), dead, other);
        assertThat(dead.session.hasEnded()).isTrue();
        assertThat(other.session.hasEnded()).isFalse();
        node.links.cameBackElsewhere(DurableName.owner("bob", "c"));
        assertThat(dead.wire.pings()).isEqualTo(1);
    }

    @Test
    void durable_wantedOnAnotherNode_asksItsHolderOnly() {
        TestClient holder = holder();
        TestClient other = connected("c");
        assertThat(holder.wire.pings()).isEqualTo(1);
        node.clock.pass(TICK);
        holder.session.heard();
        node.clock.pass(TICK);
        node.links.cameBackElsewhere(DurableName.of(DurableName.owner("bob", "c"), "s"));
        assertThat(holder.wire.pings()).isEqualTo(2);
        assertThat(other.wire.pings()).isZero();
    }

    @Test
    void durable_heldOnAnotherNode_isAskedForThereAndWaitedForUpTo4Seconds() {
        List<String> told = new ArrayList<>();
        node.links.tellOthers(told::add);
        Feed held = holdElsewhere();
        TestClient back = node.connected("bob");
        back.subscribe("s", "/topic/a", "durable", "true", "name", "n", "receipt", "r");
        pass(Duration.ofSeconds(2), back);
        assertThat(back.received()).isEmpty();
        assertThat(told).containsExactly(DurableName.of(DurableName.owner("bob", ""), "n"));
        held.close();
        pass(Duration.ofMillis(600), back);
        assertThat(back.received()).containsExactly("receipt r");
        assertThat(told).hasSize(1);
    }

    @Test
    void durable_heldByALiveConnectionElsewhere_isRefusedInTheEnd() {
        node.links.tellOthers(client -> true);
        holdElsewhere();
        TestClient twin = node.connected("bob");
        twin.subscribe("s", "/topic/a", "durable", "true", "name", "n");
        pass(Duration.ofMillis(4_600), twin);
        assertThat(twin.received()).containsExactly(IN_USE);
    }

    @Test
    void durable_heldBySomebodyElseAndNoOtherNode_isRefusedAtOnce() {
        holdElsewhere();
        TestClient twin = node.connected("bob");
        twin.subscribe("s", "/topic/a", "durable", "true", "name", "n");
        assertThat(twin.received()).containsExactly(IN_USE);
    }

    @Test
    void durable_heldElsewhereAndAwaited_isAskedForOnceWhileOthersAreSubscribedTo() {
        List<String> told = new ArrayList<>();
        node.links.tellOthers(told::add);
        holdElsewhere();
        TestClient back = node.connected("bob");
        subscribeInOutage(back, "n");
        for (int i = 0; i < 3; i++) {
            pass(Duration.ofSeconds(1), back);
            back.subscribe("plain" + i, "/topic/b", "receipt", "r" + i);
        }
        assertThat(back.received()).containsExactly("receipt r0", "receipt r1", "receipt r2");
        pass(Duration.ofMillis(1_600), back);
        assertThat(back.received()).containsExactly(IN_USE);
        assertThat(told).containsExactly(DurableName.of(DurableName.owner("bob", ""), "n"));
    }

    @Test
    void durable_twoHeldElsewhere_areEachWaitedForUpTo4Seconds() {
        List<String> told = new ArrayList<>();
        node.links.tellOthers(told::add);
        Feed one = holdElsewhere();
        Feed other = holdElsewhere("m");
        TestClient back = node.connected("bob");
        subscribeInOutage(back, "n");
        pass(Duration.ofMillis(3_200), back);
        back.subscribe("m", "/topic/a", "durable", "true", "name", "m", "receipt", "m");
        one.close();
        pass(Duration.ofMillis(3_200), back);
        assertThat(back.received()).containsExactly("receipt n");
        other.close();
        pass(Duration.ofMillis(600), back);
        assertThat(back.received()).containsExactly("receipt m");
        assertThat(told).hasSize(2);
    }

    @Test
    void durable_twoHeldByLiveConnections_areRefused() {
        TestClient holder = holder("n");
        TestClient other = holder("m");
        TestClient twin = connected("c");
        subscribeInOutage(twin, "n", holder);
        twin.subscribe("m", "/topic/a", "durable", "true", "name", "m");
        for (int i = 0; i < 4; i++) {
            node.clock.pass(TICK);
            holder.session.heard();
            other.session.heard();
            pass(TICK, holder, other, twin);
        }
        assertThat(twin.received()).containsExactly(IN_USE);
    }

    @Test
    void durable_forgottenWhileItsHolderIsAsked_isAskedForAnew() {
        TestClient dead = holder("n");
        TestClient back = connected("c");
        subscribeInOutage(back, "n", dead);
        pass(TICK, dead, back);
        back.send(Command.UNSUBSCRIBE, "id", "n");
        back.subscribe("n", "/topic/a", "durable", "true", "name", "n", "receipt", "again");
        assertThat(back.received()).isEmpty();
        pass(Duration.ofSeconds(2), dead, back);
        assertThat(back.received()).containsExactly("receipt again");
    }

    /** The SUBSCRIBE comes while the message broker is away, which is back then; its holders give a sign of life. */
    private void subscribeInOutage(TestClient client, String name, TestClient... holders) {
        node.bus.goAway();
        client.subscribe(name, "/topic/a", "durable", "true", "name", name, "receipt", name);
        node.clock.pass(TICK);
        for (TestClient holder : holders) {
            holder.session.heard();
        }
        pass(TICK, client);
        node.bus.comeBack();
    }

    /** As a connection to another node, or an application, would consume it. */
    private Feed holdElsewhere() {
        return holdElsewhere("n");
    }

    private Feed holdElsewhere(String name) {
        FeedRequest request = new FeedRequest(
                Destination.topic("a"),
                true,
                Optional.empty(),
                Optional.of(DurableName.of(DurableName.owner("bob", ""), name)),
                Optional.empty(),
                1);
        return node.bus.open(request, delivery -> {});
    }

    @Test
    void durable_waitingClientLeaves_leavesNothingBehind() {
        TestClient holder = holder();
        TestClient back = connected("c");
        back.subscribe("s", "/topic/a", "durable", "true", "receipt", "r");
        back.session.leave();
        pass(TICK, back);
        assertThat(back.session.isGone()).isTrue();
        assertThat(holder.session.hasEnded()).isFalse();
    }

    private StompSession session(Wire wire, SerialLane lane) {
        return node.session(
                new Handshake("session-leaving", "10.0.0.1", Optional.empty(), Optional.empty()), wire, lane);
    }

    private TestClient holder() {
        return holder("s");
    }

    private TestClient holder(String name) {
        TestClient holder = connected("c");
        holder.subscribe("s", "/topic/a", "durable", "true", "name", name, "ack", "client");
        node.clock.pass(TICK);
        return holder;
    }

    private TestClient inTab(String user, String tab) {
        return node.connected(user, Version.V1_2, "heart-beat", "10000,10000", "x-tab", tab);
    }

    private TestClient connected(String clientId) {
        return node.connected("bob", Version.V1_2, "heart-beat", "10000,10000", "client-id", clientId);
    }

    /** Lets time pass and then, as the clock of the node does, checks all whose check is due. */
    private void pass(Duration time, TestClient... clients) {
        pass(time, TICK, clients);
    }

    private void pass(Duration time, Duration tick, TestClient... clients) {
        for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plus(tick)) {
            node.clock.pass(tick);
            for (TestClient client : clients) {
                if (client.session.isDue(node.awakeClock.getAsLong())) {
                    client.pass(Duration.ZERO);
                }
            }
        }
    }
}
