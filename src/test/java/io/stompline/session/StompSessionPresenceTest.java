package io.stompline.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.frame.Version;
import io.stompline.presence.Member;
import io.stompline.routing.Destination;
import io.stompline.security.Action;
import io.stompline.security.Refusal;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StompSessionPresenceTest {
    private static final String ROOM = "/topic/rooms/1";
    private static final String WHO = "/presence/topic/rooms/1";
    private static final String SINCE = ",\"since\":\"1970-01-01T00:00:00Z\"}";

    private final TestNode node = new TestNode();
    private final TestClient ann = node.connected("ann");
    private final TestClient bob = node.connected("bob");

    @Test
    void presence_watcher_getsTheStateThenWhoJoins() {
        ann.subscribe("r", ROOM, "x-presence", "{\"name\":\"Ann\"}");
        ann.subscribe("p", WHO, "receipt", "1");
        assertThat(ann.received())
                .containsExactly(
                        "receipt 1",
                        "p: {\"type\":\"state\",\"count\":1,\"members\":[{\"user\":\"ann\",\"sessions\":1,"
                                + "\"info\":{\"name\":\"Ann\"}" + SINCE + "]}");
        assertThat(ann.last().header("destination")).contains(WHO);
        assertThat(ann.last().header("content-type")).contains("application/json");
        bob.subscribe("r", ROOM);
        node.presence.tick();
        assertThat(ann.received())
                .containsExactly("p: {\"type\":\"diff\",\"count\":2,\"joined\":[{\"user\":\"bob\",\"sessions\":1,"
                        + "\"info\":null" + SINCE + "],\"left\":[]}");
    }

    @Test
    void presence_patternOrOtherTopic_isNotBeingThere() {
        ann.subscribe("p", WHO);
        bob.subscribe("a", "/topic/rooms/*");
        bob.subscribe("b", "/topic/other");
        bob.subscribe("c", WHO);
        node.presence.tick();
        assertThat(ann.received()).containsExactly("p: {\"type\":\"state\",\"count\":0,\"members\":[]}");
    }

    @Test
    void presence_endedConnection_leavesAndWatchesNoMore() {
        ann.subscribe("r", ROOM);
        ann.subscribe("p", WHO);
        bob.subscribe("r", ROOM);
        node.presence.tick();
        bob.raw("UNSUBSCRIBE\nid:r\n\n\0");
        assertThat(node.presence.members(Destination.topic("rooms/1")))
                .extracting(Member::sessions)
                .containsExactly(1, 0);
        ann.session.leave();
        node.deliveries.runAll();
        ann.received();
        node.presence.tick();
        assertThat(ann.received()).isEmpty();
    }

    @Test
    void info_sentByAMember_isShown() {
        ann.subscribe("r", ROOM);
        ann.subscribe("p", WHO);
        node.presence.tick();
        ann.received();
        ann.publish(WHO, "{\"away\":true}", "receipt", "1");
        node.presence.tick();
        assertThat(ann.received())
                .containsExactly(
                        "receipt 1",
                        "p: {\"type\":\"diff\",\"count\":1,\"joined\":[],\"left\":[],\"changed\":[{\"user\":\"ann\","
                                + "\"sessions\":1,\"info\":{\"away\":true}" + SINCE + "]}");
        ann.publish(WHO, "");
        node.presence.tick();
        assertThat(ann.received()).singleElement().asString().contains("\"info\":null");
    }

    @Test
    void info_inATransaction_isShownAtItsEnd() {
        ann.subscribe("r", ROOM);
        ann.subscribe("p", WHO);
        node.presence.tick();
        ann.received();
        ann.raw("BEGIN\ntransaction:t\n\n\0SEND\ndestination:" + WHO + "\ntransaction:t\n\n1\0");
        node.presence.tick();
        assertThat(ann.received()).isEmpty();
        ann.raw("COMMIT\ntransaction:t\n\n\0");
        node.presence.tick();
        assertThat(ann.received()).singleElement().asString().contains("\"info\":1,");
    }

    @Test
    void info_ofTopicsOfNoRule_isIgnored() {
        ann.subscribe("a", "/topic/a", "x-presence", "1", "receipt", "r");
        assertThat(ann.received()).containsExactly("receipt r");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {                | the header x-presence is no JSON
            {"a":1}],"left"  | the header x-presence is no JSON
            {},"left"        | the header x-presence is no JSON
            {} {}            | the header x-presence is more than one JSON value
            """)
    void info_noJson_isRefused(String info, String detail) {
        ann.subscribe("r", ROOM, "x-presence", info);
        assertThat(ann.last().body().text().orElseThrow()).contains(detail);
        assertThat(node.presence.members(Destination.topic("rooms/1"))).isEmpty();
    }

    @Test
    void info_tooLong_isRefused() {
        bob.subscribe("r", ROOM);
        bob.publish(WHO, "\"" + "x".repeat(1_023) + "\"");
        assertThat(bob.last().body().text().orElseThrow())
                .contains("one JSON value of at most 1024 octets; the body has more than 1024 octets");
    }

    @Test
    void info_ofWhoIsNotThere_isRefused() {
        ann.subscribe("r", ROOM);
        bob.publish(WHO, "{\"user\":\"ann\"}");
        assertThat(bob.last().body().text().orElseThrow())
                .contains("this connection is not subscribed to /topic/rooms/1")
                .contains("stompline.presence");
    }

    @Test
    void info_ofWhoIsNotShown_isNoFaultOfTheClient() {
        Destination room = Destination.topic("rooms/1");
        IntStream.range(0, 20_000).forEach(user -> node.presence.enter(room, "u" + user, "s", Optional.empty()));
        bob.subscribe("r", ROOM, "receipt", "1");
        bob.publish(WHO, "1", "receipt", "2");
        assertThat(bob.received()).containsExactly("receipt 1", "receipt 2");
        assertThat(bob.last().header("problem")).contains("limit exceeded");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /presence/topic/other    | no rule of stompline.presence matches it
            /presence/topic/rooms/*  | this has no wildcards
            /presence/queue/a        | it must begin with
            /presence/topic/         | a name must follow each slash
            """)
    void subscribe_whereNothingIsKnown_isRefusedWithTheReason(String destination, String detail) {
        ann.subscribe("p", destination);
        assertThat(ann.last().header("message")).contains("invalid destination");
        assertThat(ann.last().body().text().orElseThrow()).contains(detail);
    }

    @Test
    void subscribe_reservedName_isRefused() {
        ann.subscribe("p", "/presence/topic/stompline/nodes");
        assertThat(ann.last().header("message")).contains("destination not allowed");
    }

    @Test
    void subscribe_withoutTheRight_isRefused() {
        node.control = (caller, action, destination) -> action == Action.SEE_PRESENCE
                        && destination.text().equals(ROOM)
                        && caller.name().equals("bob")
                ? Optional.of(new Refusal(Refusal.Reason.FORBIDDEN, "no"))
                : Optional.empty();
        ann.subscribe("p", WHO, "receipt", "1");
        assertThat(ann.received()).hasSize(2);
        bob.subscribe("r", ROOM, "receipt", "1");
        assertThat(bob.received()).containsExactly("receipt 1");
        bob.subscribe("p", WHO);
        assertThat(bob.received()).containsExactly("error: destination not allowed");
    }

    @Test
    void subscribe_topicOfABeanForOtherRoles_isRefused() {
        ann.subscribe("p", WHO);
        node.application.admitOnly((caller, topic) -> !topic.text().equals(ROOM));
        bob.subscribe("p", WHO);
        assertThat(bob.received()).containsExactly("error: destination not allowed");
    }

    @Test
    void info_behindASubscribeThatWaitsForTheMessageBroker_waitsForIt() {
        node.bus.goAway();
        ann.subscribe("r", ROOM, "receipt", "1");
        ann.publish(WHO, "{\"away\":true}", "receipt", "2");
        ann.pass(Duration.ofSeconds(1));
        assertThat(ann.received()).isEmpty();
        node.bus.comeBack();
        ann.pass(Duration.ofSeconds(1));
        assertThat(ann.received()).containsExactly("receipt 1", "receipt 2");
        assertThat(node.presence.members(Destination.topic("rooms/1")))
                .extracting(Member::info)
                .containsExactly(Optional.of("{\"away\":true}"));
    }

    @Test
    void frames_ofOtherKinds_areRefused() {
        ann.subscribe("p", WHO, "durable", "true", "name", "n");
        assertThat(ann.last().body().text().orElseThrow()).contains("durable:true needs a topic");
        bob.subscribe("p", WHO, "selector", "a = 1");
        assertThat(bob.last().body().text().orElseThrow()).contains("a selector needs a topic or a queue");
        TestClient eve = node.connected("eve", Version.V1_2);
        eve.publish("/topic/a", "x", "reply-to", WHO);
        assertThat(eve.last().body().text().orElseThrow()).contains("replies go to");
    }
}
