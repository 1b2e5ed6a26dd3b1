package io.stompline.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stompline.frame.Command;
import io.stompline.frame.Version;
import io.stompline.routing.Destination;
import io.stompline.session.protocol.CloseCause;
import io.stompline.threads.SerialLane;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever a connection is doing when it ends, nothing of it stays behind. */
class StompSessionEndTest {
    private static final Destination QUEUE = Destination.queue("q");

    private final ExecutorService feedThread = Executors.newSingleThreadExecutor();

    @AfterEach
    void stop() {
        feedThread.shutdownNow();
    }

    @Test
    void unsubscribe_waitsForTheSocket_holdsNoThread() {
        TestNode node = new TestNode(() -> feedThread);
        TestClient ann = unsubscribedInVain(node);
        ann.publish("/queue/other", "2");
        assertThat(node.bus.log()).doesNotContain("close " + QUEUE);
        assertThat(ann.received()).isEmpty();
        ann.wire.release();
        List<String> received = new ArrayList<>();
        await().until(() -> {
            ann.session.tick();
            return received.addAll(ann.received());
        });
        assertThat(received).containsExactly("receipt r");
        assertThat(node.bus.log()).contains("close " + QUEUE);
        assertThat(node.bus.waiting(QUEUE)).isEmpty();
        assertThat(node.bus.waiting(Destination.queue("other"))).containsExactly("2");
    }

    @Test
    void end_unsubscribeWaitsForTheSocket_leavesNothing() {
        TestNode node = new TestNode(() -> feedThread);
        TestClient ann = unsubscribedInVain(node);
        ann.session.close(CloseCause.CLIENT_GONE);
        assertThat(node.bus.log()).contains("close " + QUEUE);
        assertThat(node.bus.waiting(QUEUE)).containsExactly("1");
        assertThat(node.admission.connections()).isZero();
    }

    /** A client that does not read a message and unsubscribes. */
    private static TestClient unsubscribedInVain(TestNode node) {
        TestClient ann = node.connected("ann");
        ann.subscribe("s", "/queue/q");
        ann.wire.hold();
        node.publish("/queue/q", "1");
        await().until(() -> ann.received().contains("s: 1"));
        var taken = CompletableFuture.runAsync(() -> ann.send(Command.UNSUBSCRIBE, "id", "s", "receipt", "r"));
        assertThat(taken).succeedsWithin(Duration.ofSeconds(30));
        return ann;
    }

    @Test
    void end_whileAFrameFindsTheMessageBrokerGone_leavesNothing() throws InterruptedException {
        TestNode node = new TestNode();
        TestClient ann = node.connected("ann");
        ann.subscribe("s", "/queue/q");
        Thread sender = new Thread(() -> ann.publish("/topic/a", "1"));
        synchronized (node.bus) {
            sender.start();
            await().until(() -> sender.getState() == Thread.State.BLOCKED);
            ann.session.close(CloseCause.CLIENT_GONE);
            node.bus.goAway();
        }
        sender.join();
        assertThat(node.bus.log()).contains("close " + QUEUE);
        assertThat(node.admission.connections()).isZero();
    }

    @Test
    void end_applicationThrowsAnError_leavesNothing() {
        TestNode node = new TestNode();
        node.application.answer("/topic/a", request -> {
            throw new StackOverflowError("as intended");
        });
        TestClient ann = node.connected("ann");
        ann.subscribe("s", "/topic/a");
        assertThat(ann.received()).containsExactly("error: internal error");
        assertThat(node.admission.connections()).isZero();
    }

    @Test
    void end_aStepFails_theOthersAreDoneAllTheSame() {
        TestNode node = new TestNode();
        TestClient ann = node.connected("ann");
        ann.subscribe("s", "/queue/q");
        node.listener.failWith(new NoClassDefFoundError("no file could be opened"));
        ann.session.close(CloseCause.CLIENT_GONE);
        assertThat(node.bus.log()).contains("close " + QUEUE);
        assertThat(node.admission.connections()).isZero();
        assertThat(ann.session.isGone()).isTrue();
    }

    @Test
    void leave_framesSentBefore_areCarriedOut() {
        TestNode node = new TestNode();
        Later lanes = new Later();
        SerialLane lane = new SerialLane(lanes);
        StompSession session = node.session(new FakeWire(), lane);
        give(
                lane,
                session,
                "CONNECT\nlogin:ann\npasscode:ann\n\n\0",
                "SEND\ndestination:/queue/q\nreceipt:r\n\n1\0SEND\ndestination:/queue/q\n\n2\0",
                "SEND\ndestination:/queue/q\n\n3\0");
        session.leave();
        session.tick();
        lanes.runAll();
        assertThat(node.bus.waiting(QUEUE)).containsExactly("1", "2", "3");
        assertThat(node.listener.events()).containsExactly("connected ann", "disconnected: client closed");
        assertThat(session.isGone()).isTrue();
    }

    @Test
    void leave_acknowledgementsSentBefore_areTaken() {
        TestNode node = new TestNode();
        TestClient ann = node.connected("ann");
        Later lanes = new Later();
        SerialLane lane = new SerialLane(lanes);
        FakeWire wire = new FakeWire();
        StompSession session = node.session(wire, lane);
        give(
                lane,
                session,
                "CONNECT\nlogin:ann\npasscode:ann\n\n\0",
                "SUBSCRIBE\ndestination:/queue/q\nack:client\n\n\0");
        lanes.runAll();
        ann.publish("/queue/q", "1");
        ann.publish("/queue/q", "2");
        ann.publish("/queue/q", "3");
        give(lane, session, "ACK\nmessage-id:1-1\n\n\0ACK\nmessage-id:1-2\n\n\0");
        session.leave();
        lanes.runAll();
        assertThat(node.bus.waiting(QUEUE)).containsExactly("3");
    }

    private static void give(SerialLane lane, StompSession session, String... frames) {
        for (String frame : frames) {
            lane.execute(() -> session.receive(ByteBuffer.wrap(frame.getBytes(StandardCharsets.UTF_8))));
        }
    }

    @Test
    void leave_laterMessages_areNotDelivered() {
        TestNode node = new TestNode();
        TestClient ann = node.connected("ann");
        ann.subscribe("s", "/queue/q");
        ann.session.leave();
        node.publish("/queue/q", "1");
        assertThat(ann.received()).isEmpty();
        assertThat(node.bus.waiting(QUEUE)).containsExactly("1");
        assertThat(ann.session.isGone()).isTrue();
    }

    @Test
    void leave_messageBrokerAway_isNotWaitedFor() {
        for (boolean before : new boolean[] {true, false}) {
            TestNode node = new TestNode();
            TestClient ann = node.connected("ann");
            node.bus.goAway();
            if (before) {
                ann.session.leave();
            }
            ann.publish("/queue/q", "1");
            ann.session.leave();
            ann.pass(Duration.ofMillis(100));
            assertThat(ann.session.isGone()).isTrue();
        }
    }

    @Test
    void expiry_ofTheCredentials_endsTheConnectionWithAnError() {
        TestNode node = new TestNode();
        node.expires = Optional.of(node.clock.instant().plusSeconds(60));
        TestClient ann = node.connected("ann", Version.V1_2, "heart-beat", "0,0");
        ann.session.heard();
        ann.pass(Duration.ofSeconds(50));
        ann.session.heard();
        ann.pass(Duration.ofSeconds(34));
        assertThat(ann.session.hasEnded()).as("within the grace").isFalse();
        ann.pass(Duration.ofSeconds(2));
        assertThat(ann.received()).contains("error: token expired");
        assertThat(ann.session.hasEnded()).isTrue();
    }
}
