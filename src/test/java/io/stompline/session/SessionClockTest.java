package io.stompline.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.LogLines;
import io.stompline.frame.Command;
import io.stompline.frame.Version;
import io.stompline.gateway.OpenSessions;
import io.stompline.gateway.SessionClock;
import io.stompline.gateway.StopPlan;
import io.stompline.metrics.Meter;
import io.stompline.session.port.SessionDirectory;
import io.stompline.session.protocol.CloseCause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SessionClockTest {
    private static final Duration TICK = Duration.ofMillis(100);
    private static final StopPlan AT_ONCE = new StopPlan(Duration.ZERO);

    private final TestNode node = new TestNode(SessionClock.PAUSE);
    private final OpenSessions sessions = new OpenSessions();
    private final SessionClock sessionClock = new SessionClock(sessions, node.awakeClock);

    @Test
    void tick_everySession_isTicked() {
        TestClient ann = added(node.connected("ann", Version.V1_2, "heart-beat", "0,1000"));
        TestClient late = added(node.open());
        for (int i = 0; i <= 10; i++) {
            pass(Duration.ofSeconds(1));
        }
        assertThat(ann.wire.heartBeats()).isEqualTo(11);
        assertThat(late.received()).containsExactly("error: no CONNECT in time");
    }

    @Test
    void heartBeat_shortInterval_isSentInTime() {
        TestClient ann = added(node.connected("ann", Version.V1_2, "heart-beat", "0,1000"));
        passTicks(80);
        assertThat(ann.wire.heartBeats())
                .as("one in 800 ms: an interval without the quarter that may pass between two ticks")
                .isEqualTo(10);
    }

    @Test
    void tick_deferredFrame_isTriedAgain() {
        TestClient ann = added(node.connected("ann"));
        pass(TICK);
        node.bus.goAway();
        ann.publish("/queue/q", "1", "receipt", "r");
        pass(TICK);
        assertThat(ann.received()).isEmpty();
        node.bus.comeBack();
        pass(TICK);
        assertThat(ann.received()).containsExactly("receipt r");
    }

    @Test
    void tick_sessionGone_isForgotten() {
        TestClient ann = added(node.connected("ann"));
        ann.session.close(CloseCause.DISCONNECT);
        pass(TICK);
        assertThat(sessions.size()).isEqualTo(1);
        pass(TICK);
        assertThat(sessions.size()).isZero();
    }

    @Test
    void connected_openOrEnded_isLeftOut() {
        TestClient ann = added(node.connected("ann"));
        added(node.open());
        added(node.connected("bob")).session.close(CloseCause.DISCONNECT);
        assertThat(sessions.connected()).containsExactly(ann.session);
    }

    @Test
    void metric_sessionsAndSubscriptions_countTheConnected() {
        TestClient ann = added(node.connected("ann"));
        ann.subscribe("1", "/topic/a");
        ann.subscribe("2", "/topic/b");
        added(node.connected("bob")).subscribe("1", "/topic/a");
        added(node.open());
        TestClient gone = added(node.connected("gone"));
        gone.subscribe("1", "/topic/a");
        gone.session.close(CloseCause.DISCONNECT);
        assertThat(sessions.count()).isEqualTo(new SessionDirectory.Count(2, 3));
    }

    @Test
    void pause_heartBeatMissedMeanwhile_isIgnored() {
        TestClient ann = added(node.connected("ann", Version.V1_2, "heart-beat", "5000,0"));
        pass(Duration.ofMinutes(5));
        assertThat(ann.session.hasEnded()).isFalse();
        passSeconds(12);
        assertThat(ann.received()).containsExactly("error: no heart-beat from the client");
    }

    @Test
    void pause_shortHeartBeatMissedMeanwhile_isIgnored() {
        TestClient ann = added(node.connected("ann", Version.V1_2, "heart-beat", "1000,0"));
        passTicks(11);
        pass(Duration.ofSeconds(5));
        assertThat(ann.session.hasEnded()).isFalse();
    }

    @Test
    void pause_clientSilentAfterwards_isEnded() {
        TestClient ann = added(node.connected("ann", Version.V1_2, "heart-beat", "5000,0"));
        node.clock.pass(Duration.ofMinutes(5));
        ann.raw("\n");
        TestClient late = added(node.open());
        sessionClock.tick();
        passSeconds(12);
        assertThat(ann.received()).containsExactly("error: no heart-beat from the client");
        assertThat(late.received()).containsExactly("error: no CONNECT in time");
    }

    @Test
    void pause_ofTheProcess_countsTowardsNoTimeout() {
        TestClient opened = added(node.open());
        TestClient begun = added(node.connected("begun"));
        begun.send(Command.BEGIN, "transaction", "t");
        TestClient sentTo = added(stalled("sentTo"));
        pass(Duration.ofMinutes(5));
        pass(Duration.ofSeconds(1));
        opened.connect("opened", Version.V1_2);
        begun.send(Command.COMMIT, "transaction", "t", "receipt", "r");
        sentTo.wire.release();
        pass(Duration.ofSeconds(1));
        assertThat(opened.received()).containsExactly("connected 1.2");
        assertThat(begun.received()).containsExactly("receipt r");
        assertThat(sentTo.received()).containsExactly("receipt s");
        assertThat(opened.session.hasEnded()).isFalse();
    }

    @Test
    void pause_over_sendsAHeartBeat() {
        TestClient ann = added(node.connected("ann", Version.V1_2, "heart-beat", "0,60000"));
        TestClient bob = added(node.connected("bob"));
        pass(Duration.ofSeconds(20));
        assertThat(ann.wire.heartBeats()).isEqualTo(1);
        assertThat(bob.wire.heartBeats()).isZero();
    }

    @Test
    void slowClient_readsNothing_isEnded() {
        TestClient ann = added(stalled("ann"));
        passSeconds(10);
        assertThat(ann.session.hasEnded()).isFalse();
        passSeconds(2);
        assertThat(ann.session.hasEnded()).isTrue();
        assertThat(node.count(Meter.SLOW_CONSUMERS)).isEqualTo(1);
    }

    @Test
    void transaction_openTooLong_endsTheClient() {
        TestClient ann = added(node.connected("ann", Version.V1_2, "heart-beat", "0,0"));
        ann.send(Command.BEGIN, "transaction", "t");
        for (int i = 0; i < 60; i++) {
            pass(Duration.ofSeconds(1));
            ann.session.heard();
        }
        assertThat(ann.received()).isEmpty();
        passSeconds(2);
        assertThat(ann.last().body().text().orElseThrow()).contains("stompline.transaction.timeout");
    }

    @Test
    void tick_oneSessionFails_othersAreTicked() {
        TestClient broken = added(node.connected("broken"));
        broken.wire.breakPings();
        TestClient ann = added(node.connected("ann", Version.V1_2, "heart-beat", "0,1000"));
        try (LogLines log = new LogLines(SessionClock.class)) {
            for (int i = 0; i < 59; i++) {
                pass(Duration.ofSeconds(1));
            }
            assertThat(broken.wire.pings()).isEqualTo(2);
            assertThat(log.all()).containsExactly("looking after session session-1 failed, said once");
        }
        assertThat(ann.wire.heartBeats()).isEqualTo(59);
    }

    @Test
    void stop_lastSessionGone_completes() {
        TestClient ann = added(node.connected("ann"));
        TestClient stuck = added(node.connected("stuck"));
        stuck.wire.hold();
        stuck.publish("/queue/q", "1", "receipt", "r");
        CompletableFuture<Void> allGone = sessions.stop(AT_ONCE, (after, task) -> task.run());
        pass(TICK);
        assertThat(ann.wire.closed()).hasSize(1).allMatch(SessionClockTest::isRestart);
        assertThat(allGone).isNotDone();
        passSeconds(6);
        assertThat(stuck.wire.closed()).hasSize(1);
        assertThat(allGone).isCompleted();
    }

    @Test
    void stop_spread_endsOneAfterTheOtherAndTheOthersGoOn() {
        List<TestClient> all = new ArrayList<>();
        for (String name : List.of("ann", "bob", "carl", "dora")) {
            TestClient client = added(node.connected(name));
            client.subscribe("s", "/topic/a");
            all.add(client);
        }
        List<Duration> times = new ArrayList<>();
        List<Runnable> turns = new ArrayList<>();
        CompletableFuture<Void> allGone = sessions.stop(new StopPlan(Duration.ofMillis(200)), (after, turn) -> {
            times.add(after);
            turns.add(turn);
        });
        assertThat(times).extracting(Duration::toMillis).containsExactly(0L, 50L, 100L, 150L);
        for (int ended = 1; ended <= all.size(); ended++) {
            turns.get(ended - 1).run();
            pass(TICK);
            assertThat(all.stream()
                            .filter(client -> client.wire.closed().stream().anyMatch(SessionClockTest::isRestart)))
                    .hasSize(ended);
            node.publish("/topic/a", "m" + ended);
            String last = "s: m" + ended;
            assertThat(all.stream().filter(client -> client.received().contains(last)))
                    .as("those that are left")
                    .hasSize(all.size() - ended);
        }
        pass(TICK);
        assertThat(allGone).isCompleted();
    }

    @Test
    void stop_whoHasNotLoggedInOrComesLater_endsAtOnce() {
        TestClient stranger = added(node.open());
        TestClient ann = added(node.connected("ann"));
        sessions.stop(new StopPlan(Duration.ofSeconds(3)), (after, turn) -> {});
        assertThat(stranger.wire.closed()).hasSize(1).allMatch(SessionClockTest::isRestart);
        assertThat(added(node.open()).wire.closed()).hasSize(1).allMatch(SessionClockTest::isRestart);
        assertThat(ann.wire.closed()).isEmpty();
        sessions.stopNow();
        assertThat(ann.wire.closed()).hasSize(1).allMatch(SessionClockTest::isRestart);
    }

    private static boolean isRestart(String closed) {
        return closed.matches("RESTART the server restarts; retry after \\d+ ms");
    }

    /** Has a receipt under way that the socket does not take. */
    private TestClient stalled(String name) {
        TestClient client = node.connected(name);
        client.wire.hold();
        client.publish("/queue/q", "1", "receipt", "s");
        return client;
    }

    private TestClient added(TestClient client) {
        sessions.add(client.session);
        return client;
    }

    private void passTicks(int ticks) {
        for (int i = 0; i < ticks; i++) {
            pass(TICK);
        }
    }

    private void passSeconds(int seconds) {
        for (int i = 0; i < seconds; i++) {
            pass(Duration.ofSeconds(1));
        }
    }

    private void pass(Duration time) {
        node.clock.pass(time);
        sessionClock.tick();
    }
}
