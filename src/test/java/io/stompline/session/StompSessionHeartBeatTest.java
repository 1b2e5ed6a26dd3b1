package io.stompline.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.frame.Version;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StompSessionHeartBeatTest {
    /** How often the clock of the node ticks. */
    private static final Duration TICK = Duration.ofMillis(100);

    private final TestNode node = new TestNode();

    @ParameterizedTest
    @EnumSource(names = {"V1_1", "V1_2"})
    void heartBeat_agreedInterval_isKept(Version version) {
        TestClient ann = node.connected("ann", version, "heart-beat", "0,5000");
        ann.pass(Duration.ofMillis(4_700));
        assertThat(ann.wire.heartBeats()).isZero();
        ann.pass(TICK);
        assertThat(ann.wire.heartBeats())
                .as("a little early, so as not to be late")
                .isEqualTo(1);
        ann.pass(Duration.ofMillis(4_800));
        assertThat(ann.wire.heartBeats()).isEqualTo(2);
    }

    @Test
    void heartBeat_anySentFrame_countsAsOne() {
        TestClient ann = node.connected("ann", Version.V1_2, "heart-beat", "0,5000");
        ann.pass(Duration.ofSeconds(4));
        ann.publish("/queue/q", "1", "receipt", "r");
        ann.pass(Duration.ofSeconds(4));
        assertThat(ann.wire.heartBeats()).isZero();
        ann.pass(Duration.ofSeconds(1));
        assertThat(ann.wire.heartBeats()).isEqualTo(1);
    }

    @Test
    void heartBeat_blockedSocket_getsNoSecond() {
        TestClient ann = node.connected("ann", Version.V1_2, "heart-beat", "0,5000");
        ann.wire.hold();
        ann.pass(Duration.ofSeconds(5));
        ann.pass(Duration.ofSeconds(5));
        assertThat(ann.wire.heartBeats()).isEqualTo(1);
    }

    @Test
    void heartBeat_notAgreed_isNeitherSentNorExpected() {
        TestClient ann = node.connected("ann", Version.V1_2, "heart-beat", "0,0");
        TestClient old = node.connected("old", Version.V1_0, "heart-beat", "1000,1000");
        ann.pass(Duration.ofSeconds(50));
        old.session.tick();
        assertThat(ann.wire.heartBeats() + old.wire.heartBeats()).isZero();
        assertThat(ann.session.hasEnded() || old.session.hasEnded()).isFalse();
    }

    @Test
    void heartBeat_silentForTwiceTheInterval_endsTheClient() {
        TestClient ann = node.connected("ann", Version.V1_2, "heart-beat", "5000,0");
        ann.pass(Duration.ofSeconds(6));
        ann.pass(Duration.ofSeconds(5));
        assertThat(ann.received()).isEmpty();
        ann.pass(Duration.ofMillis(1));
        assertThat(ann.received()).containsExactly("error: no heart-beat from the client");
        assertThat(ann.last().body().text().orElseThrow()).contains("twice the agreed 5000 ms");
        assertThat(ann.wire.closed()).containsExactly("POLICY_VIOLATION no heart-beat from the client");
    }

    @Test
    void heartBeat_anyReceivedBytes_countAsOne() {
        TestClient ann = node.connected("ann", Version.V1_2, "heart-beat", "5000,0");
        for (String bytes : new String[] {"\n", "\r\n", "SEND\n", "destination:/topic/a\n\n", "body", "\0"}) {
            ann.pass(Duration.ofSeconds(10));
            ann.raw(bytes);
        }
        assertThat(ann.session.hasEnded()).isFalse();
        assertThat(node.bus.log()).containsExactly("publish body");
    }

    @Test
    void heartBeat_interval_countsFromConnected() {
        TestClient ann = node.open();
        ann.pass(Duration.ofSeconds(9));
        ann.connect("ann", Version.V1_2, "heart-beat", "1000,0");
        ann.pass(Duration.ofSeconds(3));
        assertThat(ann.session.hasEnded()).isFalse();
    }

    @Test
    void ping_clientWithoutHeartBeats_isEndedIfNothingComes() {
        TestClient ann = node.connected("ann");
        ann.pass(Duration.ofSeconds(25));
        assertThat(ann.wire.pings()).isZero();
        ann.pass(TICK);
        ann.pass(TICK);
        assertThat(ann.wire.pings()).isEqualTo(1);
        ann.pass(Duration.ofSeconds(26));
        assertThat(ann.wire.pings()).isEqualTo(2);
        ann.pass(Duration.ofSeconds(9));
        assertThat(ann.received()).containsExactly("error: no heart-beat from the client");
        assertThat(ann.last().body().text().orElseThrow()).contains("stompline.ping.timeout");
    }

    @Test
    void ping_clientWithVeryLongInterval_isPinged() {
        TestClient ann = node.connected("ann", Version.V1_2, "heart-beat", "999999999999999,0");
        ann.pass(Duration.ofSeconds(26));
        ann.session.heard();
        assertThat(ann.wire.pings()).isEqualTo(1);
        ann.pass(Duration.ofSeconds(26));
        ann.pass(Duration.ofSeconds(35));
        assertThat(ann.received()).containsExactly("error: no heart-beat from the client");
    }

    @Test
    void ping_notYetSent_endsNobody() {
        TestClient ann = node.connected("ann");
        ann.pass(Duration.ofSeconds(61));
        assertThat(ann.wire.pings()).isEqualTo(1);
        assertThat(ann.session.hasEnded()).isFalse();
        ann.pass(Duration.ofSeconds(1));
        assertThat(ann.received()).containsExactly("error: no heart-beat from the client");
    }

    @Test
    void ping_lateHeartBeat_keepsAClientThatAnswers() {
        TestClient ann = node.connected("ann", Version.V1_2, "heart-beat", "10000,10000");
        for (int minute = 0; minute < 5; minute++) {
            for (int second = 0; second < 60; second++) {
                int pings = ann.wire.pings();
                ann.pass(Duration.ofSeconds(1));
                if (ann.wire.pings() > pings) {
                    ann.session.heard();
                }
            }
            ann.raw("\n");
        }
        assertThat(ann.session.hasEnded()).isFalse();
        assertThat(ann.wire.pings()).isPositive();
    }

    @Test
    void ping_longHeartBeat_comesBeforeProxiesCutTheLine() {
        TestClient ann = node.connected("ann", Version.V1_2, "heart-beat", "60000,60000");
        ann.pass(Duration.ofSeconds(25));
        ann.pass(TICK);
        assertThat(ann.wire.pings()).isEqualTo(1);
    }

    @Test
    void ping_isPlannedWellBeforeAClientIsGivenUp() {
        TestClient ann = node.connected("ann", Version.V1_2, "heart-beat", "1000,0");
        ann.pass(TICK);
        ann.pass(Duration.ofMillis(1_400));
        assertThat(ann.wire.pings()).isZero();
        ann.pass(TICK);
        assertThat(ann.wire.pings()).isEqualTo(1);
    }

    @Test
    void ping_late_leavesTheClientASecondToAnswer() {
        TestClient ann = node.connected("ann", Version.V1_2, "heart-beat", "5000,0");
        ann.pass(Duration.ofSeconds(12));
        ann.pass(Duration.ofMillis(900));
        assertThat(ann.session.hasEnded()).isFalse();
        ann.pass(TICK);
        assertThat(ann.received()).containsExactly("error: no heart-beat from the client");
    }

    @Test
    void ping_answered_keepsTheClient() {
        TestClient ann = node.connected("ann");
        for (int i = 0; i < 5; i++) {
            ann.pass(Duration.ofSeconds(26));
            ann.session.heard();
        }
        assertThat(ann.wire.pings()).isEqualTo(5);
        assertThat(ann.session.hasEnded()).isFalse();
    }

    @Test
    void ping_slowReaderThatHasNotYetReadIt_keepsTheClientWhileItReadsOn() {
        TestClient ann = node.connected("ann");
        ann.subscribe("s", "/topic/t");
        ann.wire.hold();
        for (int i = 0; i < 12; i++) {
            node.publish("/topic/t", "1");
            ann.pass(Duration.ofSeconds(10));
            ann.wire.take();
        }
        assertThat(ann.session.hasEnded()).isFalse();
        ann.pass(Duration.ofSeconds(26));
        assertThat(ann.wire.pings()).isEqualTo(1);
        ann.pass(Duration.ofSeconds(35));
        assertThat(ann.last().header("message")).contains("no heart-beat from the client");
    }

    @Test
    void ping_takenByATransportWithoutAnswers_countsForClientsWithoutHeartBeats() {
        TestClient ann = node.connected("ann");
        for (int i = 0; i < 20; i++) {
            ann.pass(Duration.ofSeconds(20));
            ann.session.pingTaken();
        }
        assertThat(ann.session.hasEnded()).isFalse();
        ann.pass(Duration.ofSeconds(26));
        ann.pass(Duration.ofSeconds(35));
        assertThat(ann.received()).containsExactly("error: no heart-beat from the client");
    }

    @Test
    void ping_takenByATransportWithoutAnswers_countsForTwoMinutesWhereHeartBeatsAreAgreed() {
        TestClient ann = node.connected("ann", Version.V1_2, "heart-beat", "25000,0");
        for (int i = 0; i < 6; i++) {
            ann.pass(Duration.ofSeconds(19));
            ann.session.pingTaken();
        }
        assertThat(ann.session.hasEnded()).isFalse();
        for (int i = 0; i < 4; i++) {
            ann.pass(Duration.ofSeconds(19));
            ann.session.pingTaken();
        }
        assertThat(ann.received()).containsExactly("error: no heart-beat from the client");
    }
}
