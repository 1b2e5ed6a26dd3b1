package io.stompline.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompline.frame.Command;
import io.stompline.frame.Frame;
import io.stompline.frame.Version;
import io.stompline.metrics.Meter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that reads slowly, and loses messages instead of its connection. */
class StompSessionDroppingTest {
    private final TestNode node = new TestNode(Rules.dropping("/topic/prices/** latest, /topic/cells latest key=cell,"
            + " /topic/log/short oldest 3, /topic/log/** oldest, /user/** oldest 2"));
    private final TestClient ann = node.connected("ann");

    @Test
    void oldest_moreThanMayWait_dropsTheOldestAndTellsHowMany() {
        hold("/topic/log/short");
        publish("/topic/log/short", 1, 10);
        ann.wire.release();
        assertThat(ann.received()).containsExactly("s: first", "s: 8", "s: 9", "s: 10");
        assertThat(ann.header("8", "x-dropped")).isEqualTo("7");
        assertThat(ann.headers("9")).doesNotContain("x-dropped");
        assertThat(node.count(Meter.MESSAGES_DROPPED)).isEqualTo(7);
        assertThat(node.budget.bytes()).isZero();
        node.publish("/topic/log/short", "11");
        assertThat(ann.headers("11")).doesNotContain("x-dropped");
    }

    @Test
    void oldest_fullOutbox_keepsTheConnectionAndLosesNoCount() {
        hold("/topic/log/a");
        int sent = 0;
        for (int round = 0; round < 50; round++) {
            for (int i = 0; i < 20; i++) {
                node.publish("/topic/log/a", "x".repeat(900) + sent);
                sent++;
            }
            ann.wire.take();
        }
        ann.wire.release();
        assertThat(ann.session.hasEnded()).isFalse();
        List<Frame> messages = messages();
        long missing = messages.stream()
                .flatMap(message -> message.header("x-dropped").stream())
                .mapToLong(Long::parseLong)
                .sum();
        assertThat(missing).isPositive();
        assertThat(messages.size() - 1 + missing).isEqualTo(sent);
        assertThat(numbers(messages)).isSorted();
        assertThat(node.budget.bytes()).isZero();
    }

    @Test
    void latest_ofATopic_takesThePlaceOfTheOneThatWaits() {
        hold("/topic/prices/*");
        node.publish("/topic/prices/a", "a1");
        node.publish("/topic/prices/b", "b1");
        node.publish("/topic/prices/a", "a2");
        node.publish("/topic/prices/a", "a3");
        ann.wire.release();
        assertThat(ann.received()).containsExactly("s: first", "s: a3", "s: b1");
        assertThat(ann.header("a3", "x-dropped")).isEqualTo("2");
        assertThat(ann.headers("b1")).doesNotContain("x-dropped");
    }

    @Test
    void latest_ofAHeader_countsEachValueByItself() {
        hold("/topic/cells");
        node.publish("/topic/cells", "a1", "cell", "a");
        node.publish("/topic/cells", "b1", "cell", "b");
        node.publish("/topic/cells", "b2", "cell", "b");
        node.publish("/topic/cells", "none");
        ann.wire.release();
        assertThat(ann.received()).containsExactly("s: first", "s: a1", "s: b2", "s: none");
        assertThat(ann.header("a1", "x-dropped")).isEqualTo("1");
    }

    @Test
    void latest_fullOutbox_hasTheNewestOfEachKey() {
        hold("/topic/prices/*");
        for (int i = 0; i < 1_000; i++) {
            node.publish("/topic/prices/" + i % 10, "x".repeat(1_000 + i % 700) + "-" + i);
        }
        ann.wire.release();
        List<Frame> messages = messages();
        assertThat(messages.subList(messages.size() - 10, messages.size()).stream()
                        .map(message -> message.body().text().orElseThrow().replaceAll("x*-", "")))
                .containsExactlyInAnyOrder("990", "991", "992", "993", "994", "995", "996", "997", "998", "999");
        assertThat(node.budget.bytes()).isZero();
    }

    @Test
    void others_ofTheConnection_areNotDropped() {
        ann.subscribe("c", "/topic/closing");
        hold("/topic/log/a");
        node.publish("/topic/closing", "kept");
        ann.send(Command.BEGIN, "transaction", "t", "receipt", "r");
        for (int i = 0; i < 30; i++) {
            node.publish("/topic/log/a", "x".repeat(2_000));
        }
        ann.wire.release();
        assertThat(ann.received()).contains("c: kept", "receipt r");
    }

    /** What may be dropped never ends the connection for what may not. */
    @Test
    void others_thatMayNotBeDropped_haveRoom() {
        ann.subscribe("c", "/topic/closing");
        hold("/topic/log/a");
        for (int i = 0; i < 30; i++) {
            node.publish("/topic/log/a", "x".repeat(2_000));
        }
        node.publish("/topic/closing", "y".repeat(9_000));
        ann.subscribe("late", "/topic/prices/a", "receipt", "subscribed");
        assertThat(ann.session.hasEnded()).isFalse();
        ann.wire.release();
        assertThat(ann.received()).contains("c: " + "y".repeat(9_000), "receipt subscribed");
        assertThat(node.budget.bytes()).isZero();
    }

    @Test
    void others_thatMayBeDropped_makeRoom() {
        hold("/topic/log/a");
        for (int i = 0; i < 30; i++) {
            node.publish("/topic/log/a", "x".repeat(2_000));
        }
        ann.subscribe("p", "/topic/prices/a");
        node.publish("/topic/prices/a", "y".repeat(5_000));
        ann.wire.release();
        assertThat(ann.received()).contains("p: " + "y".repeat(5_000));
    }

    @Test
    void noRoomAtAll_endsTheConnection() {
        ann.subscribe("c", "/topic/closing");
        hold("/topic/log/a");
        node.publish("/topic/closing", "x".repeat(9_000));
        node.publish("/topic/closing", "x".repeat(9_000));
        assertThat(ann.session.hasEnded()).isFalse();
        node.publish("/topic/log/a", "x".repeat(5_000));
        assertThat(ann.session.hasEnded()).isTrue();
    }

    @Test
    void acknowledgedMessages_areNotDropped() {
        ann.subscribe("s", "/topic/log/short", "ack", "client");
        ann.wire.hold();
        publish("/topic/log/short", 1, 3);
        ann.wire.release();
        assertThat(ann.received()).containsExactly("s: 1", "s: 2", "s: 3");
    }

    @Test
    void gap_ofTheMessageBroker_isToldByTheNextThatGoesOut() {
        hold("/topic/log/short");
        node.bus.goAway();
        node.bus.comeBack();
        publish("/topic/log/short", 1, 5);
        ann.wire.release();
        assertThat(ann.header("3", "x-dropped")).isEqualTo("unknown");
        assertThat(ann.headers("4")).doesNotContain("x-dropped");
    }

    @Test
    void application_isToldWhenTheClientHasCaughtUp() {
        hold("/topic/log/short");
        publish("/topic/log/short", 1, 10);
        assertThat(node.listener.events()).noneMatch(event -> event.startsWith("slow"));
        ann.wire.release();
        assertThat(node.listener.events())
                .containsOnlyOnce("slow: the subscription s has lost 7 messages (stompline.slow)");
    }

    @Test
    void firstMessages_areNotDropped() {
        node.application.answer("/topic/prices/a", request -> Optional.of(StompSessionHistoryTest.snapshot("all")));
        ann.wire.hold();
        ann.subscribe("s", "/topic/prices/a");
        node.publish("/topic/prices/a", "1");
        node.publish("/topic/prices/a", "2");
        ann.wire.release();
        assertThat(ann.received()).containsExactly("s: all", "s: 2");
    }

    /** What comes while a bean makes the snapshot. */
    @Test
    void held_moreThanMayBe_dropsTheOldestAndTellsHowMany() {
        node.application.answer("/topic/log/a", request -> {
            publish("/topic/log/a", 1, 6);
            return Optional.of(StompSessionHistoryTest.snapshot("all"));
        });
        ann.subscribe("s", "/topic/log/a");
        assertThat(ann.received()).containsExactly("s: all", "s: 4", "s: 5", "s: 6");
        assertThat(ann.header("4", "x-dropped")).isEqualTo("3");
        assertThat(node.count(Meter.MESSAGES_DROPPED)).isEqualTo(3);
    }

    @Test
    void held_outboxFullOfWhatMayNotBeDropped_keepsTheConnection() {
        ann.subscribe("c", "/topic/closing");
        ann.wire.hold();
        node.publish("/topic/closing", "x".repeat(9_000));
        node.publish("/topic/closing", "x".repeat(9_000));
        node.application.answer("/topic/prices/a", request -> {
            publish("/topic/prices/a", 1, 2);
            return Optional.empty();
        });
        ann.subscribe("s", "/topic/prices/a");
        publish("/topic/prices/a", 3, 9);
        assertThat(ann.session.hasEnded()).isFalse();
        ann.wire.release();
        assertThat(ann.received()).last().isEqualTo("s: 9");
        assertThat(ann.header("9", "x-dropped")).isEqualTo("8");
    }

    @Test
    void stalled_allThatWaitsMayBeDropped_staysWhileTheClientLives() {
        TestClient neighbour = node.connected("bob");
        neighbour.subscribe("s", "/topic/log/a");
        hold("/topic/log/a");
        for (int second = 1; second <= 600; second++) {
            node.publish("/topic/log/a", "x".repeat(900) + second);
            passAlive(Duration.ofSeconds(1), neighbour);
        }
        assertThat(ann.session.hasEnded() || neighbour.session.hasEnded()).isFalse();
        assertThat(neighbour.received()).hasSize(601);
        assertThat(node.budget.bytes()).isBetween(1L, 20_000L);
        ann.wire.release();
        assertThat(messages())
                .last()
                .satisfies(last -> assertThat(last.body().text())
                        .hasValueSatisfying(text -> assertThat(text).endsWith("x600")));
        assertThat(node.count(Meter.SLOW_CONSUMERS)).isZero();
        assertThat(node.budget.bytes()).isZero();
    }

    @Test
    void stalled_clientGivesNoSignOfLife_ends() {
        hold("/topic/log/a");
        ann.pass(Duration.ofSeconds(59));
        ann.pass(Duration.ofSeconds(1));
        assertThat(ann.session.hasEnded()).isFalse();
        ann.pass(Duration.ofSeconds(1));
        assertThat(node.listener.events()).last().asString().startsWith("disconnected: no heart-beat from the client");
    }

    /** Of a subscription with the rule {@code close}, or a RECEIPT. */
    @Test
    void stalled_somethingWaitsThatMayNotBeDropped_ends() {
        ann.subscribe("c", "/topic/closing");
        hold("/topic/log/a");
        passAlive(Duration.ofSeconds(30));
        assertThat(ann.session.hasEnded()).isFalse();
        node.publish("/topic/closing", "kept");
        passAlive(Duration.ofSeconds(1));
        assertThat(node.listener.events()).last().asString().startsWith("disconnected: client reads too slowly");
    }

    @Test
    void stalled_somethingUnderWayThatMayNotBeDropped_ends() {
        ann.subscribe("c", "/topic/closing");
        ann.wire.hold();
        node.publish("/topic/closing", "under way");
        ann.subscribe("s", "/topic/log/a");
        publish("/topic/log/a", 1, 3);
        passAlive(Duration.ofSeconds(10));
        assertThat(ann.session.hasEnded()).isFalse();
        passAlive(Duration.ofSeconds(1));
        assertThat(ann.session.hasEnded()).isTrue();
    }

    @Test
    void stalled_heartBeatUnderWay_stays() {
        TestClient beaten = node.connected("bob", Version.V1_2, "heart-beat", "0,5000");
        beaten.subscribe("s", "/topic/log/a");
        beaten.wire.hold();
        passAlive(Duration.ofSeconds(20), beaten);
        assertThat(beaten.wire.heartBeats()).isEqualTo(1);
        publish("/topic/log/a", 1, 3);
        passAlive(Duration.ofSeconds(20), beaten);
        beaten.wire.release();
        assertThat(beaten.received()).containsExactly("s: 1", "s: 2", "s: 3");
    }

    /** The container queues pings without a limit. */
    @Test
    void stalled_pings_waitOneAtATime() {
        hold("/topic/log/a");
        for (int i = 0; i < 10; i++) {
            ann.pass(Duration.ofSeconds(26));
            ann.session.heard();
        }
        assertThat(ann.wire.pings()).isEqualTo(1);
        ann.wire.release();
        assertThat(ann.session.isDue(node.awakeClock.getAsLong())).isTrue();
        ann.pass(Duration.ZERO);
        assertThat(ann.wire.pings()).isEqualTo(2);
        ann.pass(Duration.ofSeconds(20));
        assertThat(ann.wire.pings()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/topic/a",
                "/topic/a newest",
                "/topic/a oldest 0",
                "/topic/a oldest x",
                "/topic/a latest 3",
                "/topic/a latest key=",
                "/topic/a close 3",
                "/queue/a latest",
                "latest"
            })
    void setting_faulty_isNamed(String rules) {
        assertThatThrownBy(() -> Rules.dropping(rules)).hasMessageContaining("stompline.slow must be rules such as");
    }

    /** A subscription whose client has one message and reads no other. */
    private void hold(String destination) {
        ann.subscribe("s", destination);
        ann.wire.hold();
        node.publish(destination.replace("*", "a"), "first");
    }

    /** Second by second, in each of which the clients answer a ping. */
    private void passAlive(Duration time, TestClient... others) {
        for (long second = 0; second < time.toSeconds(); second++) {
            ann.session.heard();
            ann.pass(Duration.ofSeconds(1));
            for (TestClient other : others) {
                other.session.heard();
                other.pass(Duration.ZERO);
            }
        }
    }

    private void publish(String topic, int from, int to) {
        for (int i = from; i <= to; i++) {
            node.publish(topic, Integer.toString(i));
        }
    }

    private List<Frame> messages() {
        return ann.wire.frames().stream()
                .filter(frame -> frame.command() == Command.MESSAGE)
                .toList();
    }

    private static List<Integer> numbers(List<Frame> messages) {
        return messages.stream()
                .map(message -> message.body().text().orElseThrow().replace("x", ""))
                .filter(number -> !number.equals("first"))
                .map(Integer::valueOf)
                .toList();
    }
}
