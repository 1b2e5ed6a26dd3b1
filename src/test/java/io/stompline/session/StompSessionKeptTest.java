package io.stompline.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompline.frame.Body;
import io.stompline.frame.Command;
import io.stompline.frame.Headers;
import io.stompline.inbox.InboxException;
import io.stompline.inbox.Inboxes;
import io.stompline.inbox.ManualSchedule;
import io.stompline.inbox.TestDatabase;
import io.stompline.metrics.Meter;
import io.stompline.routing.Audience;
import io.stompline.routing.BusException;
import io.stompline.routing.Destination;
import io.stompline.routing.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is kept for users until they acknowledge it. */
class StompSessionKeptTest {
    private static final Destination ALERTS =
            Destination.parse("/user/queue/alerts").orElseThrow();
    private static final String[] BY_HAND = {"ack", "client-individual"};
    private static final int MAX_PER_USER = 5;

    private final TestDatabase database = TestDatabase.h2();
    private final ManualSchedule threads = new ManualSchedule();

    /** Three may be unacknowledged. */
    private final TestNode node = new TestNode();

    private final Inboxes inboxes = node.keepForUsers(database, threads, new Inboxes.Limits(MAX_PER_USER, 10_000));
    private final TestClient ann = node.connected("ann");
    private final TestClient tab = node.connected("ann");

    /** As a bean does after its commit. */
    private void publish(String body, String... headers) {
        Headers kept = keep(body, headers);
        node.bus.publish(Message.to(Audience.CARRIER, Audience.ofUser("ann", ALERTS), kept, Body.utf8(body)));
        inboxes.noteKept("ann", ALERTS);
        node.deliveries.runAll();
    }

    /** As a bean does whose node dies after the commit. */
    private Headers keep(String body, String... headers) {
        return inboxes.keep("ann", ALERTS, Headers.of(headers), Body.utf8(body), Duration.ofDays(30), false);
    }

    private void subscribe(TestClient client, String id, String... headers) {
        client.subscribe(id, "/user/queue/alerts", headers);
        work();
    }

    /** What is collected for 50 ms is done, too. */
    private void work() {
        threads.pass(Duration.ofMillis(60));
        node.deliveries.runAll();
        threads.pass(Duration.ofMillis(60));
        node.deliveries.runAll();
    }

    @Test
    void kept_userAway_getsThemByIdThenTheLiveStream() {
        publish("1", "color", "red: a\nb\\");
        publish("2");
        subscribe(ann, "s", "ack", "client-individual", "receipt", "r");
        publish("3");
        assertThat(ann.received()).containsExactly("receipt r", "s: 1", "s: 2", "s: 3");
        assertThat(ann.header("1", "color")).isEqualTo("red: a\nb\\");
        assertThat(ann.header("1", "destination")).isEqualTo("/user/queue/alerts");
        assertThat(ann.header("1", "x-replayed")).isEqualTo("true");
        assertThat(ann.headers("3")).doesNotContain("x-replayed").contains("x-inbox-id");
        assertThat(Long.parseLong(ann.header("3", "x-inbox-id")))
                .isGreaterThan(Long.parseLong(ann.header("1", "x-inbox-id")));
    }

    @Test
    void kept_acknowledged_isDeletedAndNotShownAgain() {
        publish("1");
        publish("2");
        subscribe(ann, "s", BY_HAND);
        ann.ack("1");
        // Not yet deleted.
        tab.subscribe("t", "/user/queue/alerts", BY_HAND);
        threads.pass(Duration.ZERO);
        assertThat(tab.received()).containsExactly("t: 2");
        assertThat(database.rows()).isEqualTo(2);
        work();
        assertThat(database.rows()).isEqualTo(1);
        assertThat(node.count(Meter.INBOX_ACKNOWLEDGED)).isEqualTo(1);
    }

    @Test
    void kept_notAcknowledged_comesAgain() {
        publish("1");
        subscribe(ann, "s", BY_HAND);
        ann.send(Command.UNSUBSCRIBE, "id", "s");
        subscribe(ann, "again", BY_HAND);
        assertThat(ann.received()).containsExactly("s: 1", "again: 1");
    }

    @Test
    void kept_modeClient_acknowledgesAllBefore() {
        publish("1");
        publish("2");
        publish("3");
        subscribe(ann, "s", "ack", "client");
        ann.ack("2");
        work();
        assertThat(database.rows()).isEqualTo(1);
    }

    @Test
    void kept_modeAuto_isDeletedWhenTheSocketTookIt() {
        publish("1");
        ann.wire.hold();
        subscribe(ann, "s");
        publish("2");
        work();
        assertThat(database.rows()).isEqualTo(2);
        ann.wire.release();
        work();
        assertThat(ann.received()).containsExactly("s: 1", "s: 2");
        assertThat(database.rows()).isZero();
    }

    @Test
    void kept_refused_staysOrIsDeleted() {
        publish("stays");
        publish("goes");
        subscribe(ann, "s", BY_HAND);
        ann.nack("stays");
        ann.nack("goes", "requeue", "false");
        work();
        subscribe(tab, "t", BY_HAND);
        assertThat(tab.received()).containsExactly("t: stays");
        assertThat(ann.received()).containsExactly("s: stays", "s: goes");
    }

    @Test
    void kept_severalTabs_eachGetsItAndTheFirstAckTellsTheOthers() {
        subscribe(ann, "s", BY_HAND);
        subscribe(tab, "t", BY_HAND);
        tab.subscribe("seen", "/user/queue/alerts.seen");
        work();
        publish("one");
        publish("two");
        work();
        assertThat(tab.received()).containsExactly("seen: ", "t: one", "t: two", "seen: ");
        assertThat(tab.last().header("x-unread")).contains("2");
        ann.ack("one");
        work();
        tab.ack("one");
        work();
        assertThat(ann.received()).containsExactly("s: one", "s: two");
        assertThat(tab.received()).containsExactly("seen: " + ann.header("one", "x-inbox-id"));
        assertThat(tab.last().header("x-unread")).contains("1");
        assertThat(database.rows()).isEqualTo(1);
        assertThat(node.count(Meter.INBOX_ACKNOWLEDGED)).isEqualTo(1);
    }

    @Test
    void kept_otherUser_getsNothing() {
        publish("1");
        TestClient bob = node.connected("bob");
        subscribe(bob, "s", BY_HAND);
        ann.subscribe("other", "/user/queue/others", BY_HAND);
        work();
        assertThat(bob.received()).isEmpty();
        assertThat(ann.received()).isEmpty();
    }

    @Test
    void kept_moreThanMayBeUnacknowledged_comeWithoutEndOfTheConnection() {
        List<String> all =
                IntStream.range(0, MAX_PER_USER).mapToObj(Integer::toString).toList();
        subscribe(ann, "s", BY_HAND);
        all.forEach(this::publish);
        work();
        List<String> received = new ArrayList<>(ann.received());
        assertThat(received).containsExactly("s: 0", "s: 1", "s: 2");
        for (String body : all) {
            ann.ack(body);
            work();
            received.addAll(ann.received());
        }
        assertThat(received)
                .containsExactlyElementsOf(
                        all.stream().map(body -> "s: " + body).toList());
        assertThat(database.rows()).isZero();
    }

    /** It fits when nothing else waits; ended, the connection would meet it again and again. */
    @Test
    void kept_largerThanTheRoomBesideAnother_comesWithoutEndOfTheConnection() {
        String large = "x".repeat(30_000);
        publish("1");
        publish(large);
        ann.wire.hold();
        subscribe(ann, "s", BY_HAND);
        publish("3");
        work();
        ann.wire.release();
        work();
        assertThat(ann.received()).containsExactly("s: 1", "s: " + large, "s: 3");
        ann.wire.hold();
        publish("4");
        ann.ack("1");
        ann.ack("3");
        publish(large + "x");
        work();
        ann.wire.release();
        work();
        assertThat(ann.received()).contains("s: " + large + "x");
        assertThat(ann.wire.closed()).isEmpty();
    }

    @Test
    void kept_whileTheTableIsRead_comesOnce() {
        publish("1");
        ann.subscribe("s", "/user/queue/alerts", BY_HAND);
        publish("2");
        work();
        publish("3");
        assertThat(ann.received()).containsExactly("s: 1", "s: 2", "s: 3");
    }

    /** A transaction that began first may commit last. */
    @Test
    void kept_smallerIdLater_comesToo() {
        Headers slow = keep("slow");
        subscribe(ann, "s", BY_HAND);
        ann.ack("slow");
        node.bus.publish(Message.to(Audience.CARRIER, Audience.ofUser("ann", ALERTS), slow, Body.utf8("slow")));
        node.deliveries.runAll();
        work();
        assertThat(ann.received()).containsExactly("s: slow");
        database.execute("UPDATE stompline_inbox SET user_name = 'nobody'");
        Headers late = keep("late");
        database.execute("UPDATE stompline_inbox SET user_name = 'hidden'");
        publish("quick");
        database.execute("UPDATE stompline_inbox SET user_name = 'ann'");
        node.bus.publish(Message.to(Audience.CARRIER, Audience.ofUser("ann", ALERTS), late, Body.utf8("late")));
        node.deliveries.runAll();
        assertThat(ann.received()).containsExactly("s: quick", "s: late");
    }

    @Test
    void kept_nodeDiedBeforeItTold_isFoundWithinAMinute() {
        subscribe(ann, "s", BY_HAND);
        keep("1");
        work();
        assertThat(ann.received()).isEmpty();
        threads.pass(Duration.ofSeconds(61));
        assertThat(ann.received()).containsExactly("s: 1");
        threads.pass(Duration.ofSeconds(61));
        assertThat(ann.received()).isEmpty();
    }

    @Test
    void kept_tableMadeAnewWithSmallerIds_isLookedInAllTheSame() {
        database.execute("ALTER TABLE stompline_inbox ALTER COLUMN id RESTART WITH 1000000");
        subscribe(ann, "s", BY_HAND);
        keep("1");
        threads.pass(Duration.ofSeconds(61));
        database.execute("TRUNCATE TABLE stompline_inbox RESTART IDENTITY");
        keep("2");
        threads.pass(Duration.ofSeconds(61));
        assertThat(ann.received()).containsExactly("s: 1", "s: 2");
    }

    @Test
    void kept_brokerAway_isReadWhenItIsBack() {
        subscribe(ann, "s", BY_HAND);
        node.bus.goAway();
        keep("1");
        node.bus.comeBack();
        node.deliveries.runAll();
        work();
        assertThat(ann.received()).containsExactly("s: 1");
    }

    @Test
    void kept_databaseAway_messagesFollowAndOthersFlow() {
        publish("1");
        database.goAway();
        subscribe(ann, "s", "ack", "client-individual", "receipt", "r");
        node.bus.publish(
                Message.to(Audience.CARRIER, Audience.ofUser("ann", ALERTS), Headers.none(), Body.utf8("not kept")));
        node.deliveries.runAll();
        assertThat(ann.received()).containsExactly("receipt r", "s: not kept");
        assertThatThrownBy(() -> keep("2"))
                .isInstanceOf(InboxException.class)
                .hasMessage("the table stompline_inbox in the database of stompline.inbox.data-source cannot be used:"
                        + " connection refused");
        database.comeBack();
        threads.pass(Duration.ofSeconds(10));
        assertThat(ann.received()).containsExactly("s: 1");
        assertThat(node.count(Meter.INBOX_FAILURES)).isGreaterThan(1);
    }

    @Test
    void kept_unsubscribedWhileTheDatabaseIsAway_isForgotten() {
        subscribe(tab, "t", BY_HAND);
        database.goAway();
        int before = threads.waiting();
        for (int i = 0; i < 10; i++) {
            subscribe(ann, "s", BY_HAND);
            ann.subscribe("other", "/user/queue/others", BY_HAND);
            ann.send(Command.UNSUBSCRIBE, "id", "s");
            ann.send(Command.UNSUBSCRIBE, "id", "other");
        }
        assertThat(threads.waiting()).isEqualTo(before);
    }

    @Test
    void kept_databaseAwayAtAck_isDeletedLater() {
        publish("1");
        subscribe(ann, "s", BY_HAND);
        database.goAway();
        ann.ack("1");
        work();
        database.comeBack();
        tab.subscribe("t", "/user/queue/alerts", BY_HAND);
        tab.subscribe("seen", "/user/queue/alerts.seen");
        threads.pass(Duration.ofSeconds(10));
        node.deliveries.runAll();
        assertThat(tab.received())
                .contains("seen: " + ann.header("1", "x-inbox-id"))
                .doesNotContain("t: 1");
        assertThat(database.rows()).isZero();
    }

    @Test
    void kept_tooMany_theOldestIsDeleted() {
        IntStream.rangeClosed(0, MAX_PER_USER + 1).forEach(i -> publish("m" + i));
        work();
        assertThat(database.rows()).isEqualTo(MAX_PER_USER);
        assertThat(node.count(Meter.INBOX_DISPLACED)).isEqualTo(2);
        subscribe(ann, "s", BY_HAND);
        assertThat(ann.received()).startsWith("s: m2");
    }

    @Test
    void kept_expired_isNotShownAndDeleted() {
        inboxes.keep("ann", ALERTS, Headers.none(), Body.utf8("short"), Duration.ofMinutes(5), false);
        node.clock.pass(Duration.ofMinutes(5));
        subscribe(ann, "s", BY_HAND);
        assertThat(ann.received()).isEmpty();
        assertThat(inboxes.unread("ann", ALERTS, false)).isZero();
        threads.pass(Duration.ofMinutes(61));
        assertThat(database.rows()).isZero();
        assertThat(node.count(Meter.INBOX_EXPIRED)).isEqualTo(1);
    }

    @Test
    void kept_expiresHeader_theEarlierEndCounts() {
        long soon = node.clock.millis() + Duration.ofMinutes(5).toMillis();
        keep("short", "expires", Long.toString(soon));
        keep("never", "expires", "0");
        keep("late", "expires", Long.toString(Long.MAX_VALUE));
        subscribe(ann, "s", BY_HAND);
        assertThat(ann.received()).containsExactly("s: short", "s: never", "s: late");
        assertThat(ann.header("short", "expires")).isEqualTo(Long.toString(soon));
        node.clock.pass(Duration.ofMinutes(5));
        assertThat(inboxes.unread("ann", ALERTS, false)).isEqualTo(2);
        node.clock.pass(Duration.ofDays(30));
        assertThat(inboxes.unread("ann", ALERTS, false)).isZero();
    }

    @Test
    void kept_expiresHeaderThatIsNoMoment_isRefused() {
        assertThatThrownBy(() -> keep("1", "expires", "tomorrow"))
                .isInstanceOf(BusException.class)
                .hasMessage("the header expires must be milliseconds since 1970");
        assertThat(database.rows()).isZero();
    }

    @Test
    void kept_inTransaction_isDeletedAtCommitAndStaysAtAbort() {
        publish("1");
        publish("2");
        subscribe(ann, "s", BY_HAND);
        ann.send(Command.BEGIN, "transaction", "t");
        ann.ack("1", "transaction", "t");
        ann.publish("/topic/a", "hello", "transaction", "t");
        work();
        assertThat(database.rows()).isEqualTo(2);
        ann.send(Command.COMMIT, "transaction", "t");
        work();
        assertThat(database.rows()).isEqualTo(1);
        ann.send(Command.BEGIN, "transaction", "u");
        ann.ack("2", "transaction", "u");
        ann.send(Command.ABORT, "transaction", "u");
        work();
        assertThat(database.rows()).isEqualTo(1);
        ann.ack("2");
        work();
        assertThat(database.rows()).isZero();
    }

    @Test
    void seen_subscribed_tellsTheNumber() {
        publish("1");
        publish("2");
        ann.subscribe("seen", "/user/queue/alerts.seen");
        work();
        assertThat(ann.received()).containsExactly("seen: ");
        assertThat(ann.last().header("x-unread")).contains("2");
        assertThat(inboxes.unread("ann", ALERTS, false)).isEqualTo(2);
    }

    @Test
    void seen_unsubscribedWhileTheDatabaseIsAway_isForgotten() {
        database.goAway();
        for (int i = 0; i < 3; i++) {
            ann.subscribe("seen", "/user/queue/a" + i + ".seen");
            ann.send(Command.UNSUBSCRIBE, "id", "seen");
        }
        ann.subscribe("seen", "/user/queue/alerts.seen");
        work();
        database.comeBack();
        List<String> told = new ArrayList<>();
        node.router.subscribe(
                Audience.CARRIER,
                news -> told.add(
                        news.message().audience().shownAs().orElseThrow().text()));
        threads.pass(Duration.ofSeconds(10));
        node.deliveries.runAll();
        assertThat(told).containsExactly("/user/queue/alerts.seen");
        assertThat(ann.last().header("x-unread")).contains("0");
    }

    @Test
    void seen_keptThere_isRefused() {
        Destination seen = Destination.parse("/user/queue/alerts.seen").orElseThrow();
        assertThatThrownBy(() -> inboxes.keep("ann", seen, Headers.none(), Body.empty(), Duration.ofDays(1), false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(".seen");
    }

    /** Each SUBSCRIBE would fail, and be tried again: the name may be of a token. */
    @Test
    void kept_nameThatNoTableHas_isRefusedAndNotReadFor() {
        for (String user : List.of("a\0nn", "x".repeat(256))) {
            assertThat(inboxes.box(user, ALERTS)).isEmpty();
            assertThatThrownBy(
                            () -> inboxes.keep(user, ALERTS, Headers.none(), Body.empty(), Duration.ofDays(1), false))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("255");
        }
        assertThat(inboxes.box("x".repeat(255), ALERTS)).isPresent();
    }

    @Test
    void stop_acknowledged_isDeletedBefore() {
        publish("1");
        subscribe(ann, "s", BY_HAND);
        ann.ack("1");
        threads.expectClose();
        inboxes.close();
        assertThat(database.rows()).isZero();
    }

    @Test
    void headers_ofClient_areNotPassedOn() {
        TestClient bob = node.connected("bob");
        bob.subscribe("s", "/topic/a");
        ann.publish("/topic/a", "forged", "x-inbox-id", "1", "x-unread", "7", "x-other", "stays");
        assertThat(bob.headers("forged")).contains("x-other").doesNotContain("x-inbox-id", "x-unread");
    }
}
