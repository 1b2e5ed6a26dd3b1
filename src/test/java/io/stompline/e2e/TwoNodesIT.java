package io.stompline.e2e;

import static io.stompline.e2e.support.Nodes.act;
import static io.stompline.e2e.support.Nodes.sessions;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.stompline.e2e.support.Bridge;
import io.stompline.e2e.support.Clients;
import io.stompline.e2e.support.HttpStomp;
import io.stompline.e2e.support.Ledger;
import io.stompline.e2e.support.LedgerPublisher;
import io.stompline.e2e.support.Nodes;
import io.stompline.e2e.support.RawClient;
import io.stompline.e2e.support.RawSocket;
import io.stompline.e2e.support.ReceivedFrame;
import io.stompline.server.ServerProcess;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two servers that share a broker are one to browsers and to beans; when one of them dies, the other goes on and takes
 * over what was not finished.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TwoNodesIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** By these alone a dead client would be given up after ten minutes: no test waits for so long. */
    private static final String RARE_HEART_BEATS = "heart-beat:300000,300000\n";

    private static final int COUNT = 200;
    private static final String ANN =
            "Basic " + Base64.getEncoder().encodeToString("ann:ann".getBytes(StandardCharsets.UTF_8));

    private static Nodes nodes;
    private static ServerProcess leftNode;
    private static ServerProcess rightNode;

    private final String name = Bridge.freshName();
    private Clients left;
    private Clients right;
    private final List<RawClient> guests = new ArrayList<>();

    @BeforeAll
    static void start() throws InterruptedException {
        nodes = new Nodes();
        leftNode = nodes.start();
        rightNode = nodes.start();
        Nodes.awaitAcquaintance(leftNode, rightNode);
    }

    @AfterAll
    static void stop() {
        nodes.close();
    }

    @BeforeEach
    void connect() {
        left = new Clients(leftNode.stompUri());
        right = new Clients(rightNode.stompUri());
    }

    @AfterEach
    void disconnect() {
        left.close();
        right.close();
        guests.forEach(RawClient::close);
    }

    @Test
    void logout_onOneNode_endsTheConnectionsOfThatHttpSessionOnBoth() throws Exception {
        String session = "JSESSIONID=0123456789abcdef0123456789ab";
        String other = "JSESSIONID=fedcba9876543210fedcba9876ba";
        for (ServerProcess node : List.of(leftNode, rightNode)) {
            assertThat(get(node, "/api/roles/login", session)).isEqualTo(session.substring(session.indexOf('=') + 1));
            get(node, "/api/roles/login", other);
        }
        try (RawClient there = handshake(rightNode, session);
                RawClient ofOther = handshake(rightNode, other)) {
            assertThat(get(leftNode, "/api/roles/logout", session)).isEqualTo("good bye");
            assertLoggedOut(there);
            ofOther.send("SUBSCRIBE\nid:s\ndestination:/user/queue/replies\nreceipt:r\n\n\0");
            assertThat(ReceivedFrame.next(ofOther).command()).isEqualTo("RECEIPT");
        }
    }

    @Test
    void logout_ofARequest_endsTheConnectionsOfThatHttpSessionOnBoth() throws Exception {
        String session = onBoth("JSESSIONID=0123456789abcdef0123456789af");
        try (RawClient there = handshake(rightNode, session)) {
            assertThat(get(leftNode, "/api/roles/leave", session)).isEqualTo("a session");
            assertLoggedOut(there);
        }
        handshake(rightNode, session).close();
    }

    @Test
    void logout_ofAnHttpSessionWithAnotherIdMeanwhile_endsWhatWasOpenedWithTheFormerOne() throws Exception {
        String session = onBoth("JSESSIONID=0123456789abcdef0123456789ac");
        try (RawClient there = handshake(rightNode, session)) {
            String changed = "JSESSIONID=" + get(leftNode, "/api/roles/change-id", session);
            assertThat(changed).isNotEqualTo(session);
            assertThat(get(leftNode, "/api/roles/logout", changed)).isEqualTo("good bye");
            assertLoggedOut(there);
        }
    }

    @Test
    void durable_heldByAFrozenConnectionToTheOtherNode_isTakenOver() throws Exception {
        String client = "client-id:" + name + "\n" + RARE_HEART_BEATS;
        String subscribe = "SUBSCRIBE\nid:d\ndestination:/topic/" + name + "\ndurable:true\nname:n\nreceipt:r\n\n\0";
        try (RawSocket frozen = new RawSocket(leftNode.stompUri(), client);
                RawClient back = RawClient.open(rightNode.stompUri())) {
            frozen.write(RawSocket.frame(
                    0x81, subscribe.replace("name:", "ack:client\nname:").getBytes(StandardCharsets.US_ASCII)));
            frozen.readThrough("receipt-id:r\n\n\0");
            Clients.send(left.connect(), "/topic/" + name, "kept");
            back.send("CONNECT\naccept-version:1.2\nhost:h\n" + client + "login:user1\npasscode:user1\n\n\0");
            assertThat(back.next()).startsWith("CONNECTED\n");
            back.send(subscribe);
            assertThat(back.next()).isEqualTo("RECEIPT\nreceipt-id:r\n\n");
            assertThat(ReceivedFrame.next(back).body()).isEqualTo("kept");
            frozen.readThrough("the same client came back");
            back.send("UNSUBSCRIBE\nid:d\ndurable:true\nreceipt:gone\n\n\0");
            assertThat(back.next()).contains("receipt-id:gone");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"client-id", "x-tab"})
    void queue_frozenConsumerOfAClientThatComesBackOnTheOtherNode_givesItsMessagesBack(String header) throws Exception {
        String client = header + ":" + name + "\n" + RARE_HEART_BEATS;
        String subscribe = "SUBSCRIBE\nid:q\ndestination:/queue/" + name + "\nack:client\nreceipt:r\n\n\0";
        try (RawSocket frozen = new RawSocket(leftNode.stompUri(), client);
                RawClient back = RawClient.open(rightNode.stompUri())) {
            frozen.write(RawSocket.frame(0x81, subscribe.getBytes(StandardCharsets.US_ASCII)));
            frozen.readThrough("receipt-id:r\n\n\0");
            Clients.send(left.connect(), "/queue/" + name, "held");
            frozen.readThrough("held\0");
            back.send(
                    "CONNECT\naccept-version:1.2\nhost:h\n" + client + "login:user1\npasscode:user1\n\n\0" + subscribe);
            assertThat(back.next()).startsWith("CONNECTED\n");
            assertThat(back.next()).isEqualTo("RECEIPT\nreceipt-id:r\n\n");
            ReceivedFrame again = ReceivedFrame.next(back);
            assertThat(again.body()).isEqualTo("held");
            assertThat(again.header("redelivered")).isEqualTo("true");
        }
    }

    /** Each key is tried once: one that comes too soon is carried out there, and is no proof. */
    @Test
    void send_sameKeyOnTheOtherNode_isNotCarriedOutAgain() throws Exception {
        RawClient first = left.connect();
        for (int key = 0; key < COUNT; key++) {
            Clients.send(first, "/topic/" + name + "\nx-idempotency-key:" + key, "once");
        }
        RawClient again = right.connect();
        AtomicInteger next = new AtomicInteger();
        await().atMost(LIMIT).until(() -> {
            assertThat(next.get()).isLessThan(COUNT);
            again.send("SEND\ndestination:/topic/" + name + "\nx-idempotency-key:" + next.getAndIncrement()
                    + "\nreceipt:r\n\nagain\0");
            return ReceivedFrame.next(again).find("x-duplicate").isPresent();
        });
    }

    @Test
    void timeout_ofAnHttpSessionOnOneNode_endsTheConnectionsOnBothAndLetsThemComeAgain() throws Exception {
        String session = onBoth("JSESSIONID=0123456789abcdef0123456789ad");
        try (RawClient there = handshake(rightNode, session)) {
            get(leftNode, "/api/roles/hurry", session);
            // A request finds out that the time is over.
            await().atMost(LIMIT).pollInterval(Duration.ofSeconds(2)).until(() -> {
                get(leftNode, "/api/roles", session);
                return !there.isIdle();
            });
            assertLoggedOut(there);
            handshake(rightNode, session).close();
        }
    }

    private static RawClient handshake(ServerProcess node, String cookie) throws InterruptedException {
        RawClient client = RawClient.open(node.stompUri(), Map.of("Authorization", ANN, "Cookie", cookie));
        client.send("CONNECT\naccept-version:1.2\nhost:localhost\n\n\0");
        assertThat(client.next()).startsWith("CONNECTED\n");
        return client;
    }

    private static String get(ServerProcess node, String path, String cookie) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(node.uri(path))
                .header("Authorization", ANN)
                .header("Cookie", cookie)
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void http_requestsAtBothNodesInTurn_areOneSession(boolean polls) throws Exception {
        URI home = leftNode.stompUri();
        String topic = "/topic/" + name;
        try (HttpStomp client = (polls
                        ? HttpStomp.polling(home, HttpStomp.CONNECT)
                        : HttpStomp.stream(home, HttpStomp.CONNECT, Map.of("Content-Type", "application/stomp")))
                .inTurnWith(rightNode.stompUri())) {
            assertThat(client.next()).startsWith("CONNECTED\n");
            client.send("SUBSCRIBE\nid:1\ndestination:" + topic + "\nreceipt:r\n\n\0");
            assertThat(client.next()).isEqualTo("RECEIPT\nreceipt-id:r\n\n");
            for (int i = 0; i < COUNT; i++) {
                String message = "SEND\ndestination:" + topic + "\n\n" + i + "\0";
                assertThat(client.send(message)).isEqualTo(204);
                assertThat(client.send(i + 2, message))
                        .as("the same again, at the other node")
                        .isEqualTo(204);
            }
            for (int i = 0; i < COUNT; i++) {
                assertThat(client.next()).endsWith("\n\n" + i);
            }
            assertRefusals(client);
        }
    }

    /** As the node of the session refuses them. */
    private static void assertRefusals(HttpStomp client) {
        for (int i = 0; i < 2; i++) {
            assertThat(client.post("?n=9000", "x", Map.of()).statusCode()).isEqualTo(409);
            assertThat(client.post("?n=9000", "x", Map.of("Stompline-Secret", "AAAAAAAAAAAAAAAAAAAAAA"))
                            .statusCode())
                    .isEqualTo(403);
            assertThat(client.post("/poll?ack=9000", "", Map.of()).statusCode()).isEqualTo(409);
            assertThat(client.post("?n=9000", "x".repeat(70_000), Map.of()).statusCode())
                    .isEqualTo(413);
            // The other node next.
            assertThat(client.post("?n=no", "x", Map.of()).statusCode()).isEqualTo(400);
        }
    }

    @Test
    void topic_subscribersOfBothNodes_getMessagesOnceInOrder() throws Exception {
        String topic = "/topic/" + name;
        List<RawClient> subscribers = List.of(left.subscriber(topic), right.subscriber(topic), right.subscriber(topic));
        publishFromBoth(topic);
        for (RawClient subscriber : subscribers) {
            Ledger ledger = new Ledger();
            for (int i = 0; i < 2 * COUNT; i++) {
                ledger.delivered(ReceivedFrame.next(subscriber).body());
            }
            assertThat(ledger.delivered()).containsExactlyInAnyOrderElementsOf(messages());
            ledger.assertOrderIsKept();
        }
        assertThat(subscribers).allMatch(RawClient::isIdle);
    }

    /** Each cell has one publisher; pages open on both nodes meanwhile. */
    @Test
    void lastValue_publishersOnBothNodes_noPageSeesACellGoBack() throws Exception {
        String topic = "/topic/last/" + name;
        RawClient leftPublisher = left.connect();
        RawClient rightPublisher = right.connect();
        List<RawClient> pages = new ArrayList<>();
        for (int i = 1; i <= COUNT; i++) {
            leftPublisher.send("SEND\ndestination:" + topic + "\ncell:left\n\n" + i + "\0");
            rightPublisher.send("SEND\ndestination:" + topic + "\ncell:right\n\n" + i + "\0");
            if (i % 20 == 0) {
                pages.add(newcomer(left, topic));
                pages.add(newcomer(right, topic));
            }
        }
        for (RawClient page : pages) {
            assertCellsGrow(page);
        }
    }

    @Test
    void lastValue_positionOfTheOtherNode_showsAllAgain() throws Exception {
        String topic = "/topic/last/" + name;
        RawClient here = newcomer(left, topic);
        RawClient there = newcomer(right, topic);
        RawClient publisher = left.connect();
        for (String cell : List.of("a", "b")) {
            Clients.send(publisher, topic + "\ncell:" + cell, "1");
        }
        Clients.send(publisher, topic + "\ncell:a", "");
        String position = "";
        for (int i = 0; i < 3; i++) {
            position = ReceivedFrame.next(here).header("x-stream-offset");
            ReceivedFrame.next(there);
        }
        RawClient moved = right.connect();
        moved.send(
                "SUBSCRIBE\nid:s\ndestination:" + topic + "\nreceipt:r\nx-stream-offset:after=" + position + "\n\n\0");
        ReceivedFrame receipt = ReceivedFrame.next(moved);
        assertThat(receipt.header("x-recovered")).isEqualTo("false");
        assertThat(receipt.header("x-replayed")).isEqualTo("1");
        assertThat(ReceivedFrame.next(moved).header("cell")).isEqualTo("b");
        assertThat(get(rightNode, "/do?what=last-values&name=/topic/last/*", ""))
                .contains("Value[destination=" + topic + ", headers={", "cell=b", ", body=1]")
                .doesNotContain("cell=a");
    }

    /** A page that is cut off here and comes back there, again and again, while others publish on both nodes. */
    @Test
    void history_pageThatChangesNodes_missesNothingAndDoublesAreMarked() throws Exception {
        awaitResumption();
        String topic = "/topic/kept/" + name;
        CountDownLatch over = new CountDownLatch(1);
        List<CompletableFuture<Integer>> publishers = List.of(
                publishing(left.connect(), "left", topic, over), publishing(right.connect(), "right", topic, over));
        MovingPage page = new MovingPage(topic);
        for (int move = 0; move < 20; move++) {
            page.comeTo(move % 2 == 0 ? left : right, 5);
        }
        over.countDown();
        int published = publishers.get(0).join() + publishers.get(1).join();
        page.comeTo(left, 0);
        page.readAll(published);
        assertThat(page.resumptions).isEqualTo(20);
    }

    /** Any client may delay a message: that makes nobody else miss anything. */
    @Test
    void history_messageWithADelay_putsNoPositionInDoubt() throws Exception {
        awaitResumption();
        String topic = "/topic/kept/" + name;
        List<RawClient> pages = List.of(left.connect(), right.connect());
        List<String> positions = new ArrayList<>();
        for (RawClient page : pages) {
            positions.add(subscribe(page, topic, "next").header("x-stream-offset"));
        }
        Clients.send(left.connect(), topic + "\ndelivery-delay:6000", "late on purpose");
        for (RawClient page : pages) {
            ReceivedFrame late = ReceivedFrame.next(page);
            // The message broker looks at its clock twice.
            assertThat(Long.parseLong(late.header("x-delivery-time")) - Long.parseLong(late.header("timestamp")))
                    .isBetween(5_900L, 6_100L);
        }
        assertGoesOn(right, topic, positions.get(0));
        assertGoesOn(left, topic, positions.get(1));
    }

    private static void assertGoesOn(Clients node, String topic, String position) throws InterruptedException {
        RawClient back = node.connect();
        assertThat(subscribe(back, topic, "after=" + position).header("x-recovered"))
                .isEqualTo("true");
        assertThat(ReceivedFrame.next(back).body()).isEqualTo("late on purpose");
    }

    /** The session is still open, as that of a page whose line is cut. */
    @Test
    void resumedSession_ofTheOtherNode_leavesOutWhatItSent() throws Exception {
        String topic = "/topic/kept/" + name;
        RawClient page = left.openAs("ida");
        String session = ReceivedFrame.next(page).header("session");
        Clients.send(page, topic, "own");
        Clients.send(right.connect(), topic, "other");
        await().atMost(LIMIT).until(() -> firstOf(right, "ida", topic, session).equals("other"));
        assertThat(firstOf(right, "joe", topic, session)).isEqualTo("own");
    }

    /** What a user is shown first of a topic who says that this was the former session. */
    private static String firstOf(Clients node, String user, String topic, String former) throws InterruptedException {
        RawClient client = node.connectAs(user);
        String asks = "no-local:true\nx-resumed-session:" + former + "\nx-stream-offset:first\nreceipt:r\n\n\0";
        client.send("SUBSCRIBE\nid:s\ndestination:" + topic + "\n" + asks);
        assertThat(ReceivedFrame.next(client).command()).isEqualTo("RECEIPT");
        return ReceivedFrame.next(client).body();
    }

    /** Publishes numbers, twenty a second. */
    private static CompletableFuture<Integer> publishing(
            RawClient client, String publisher, String topic, CountDownLatch over) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                int published = 0;
                do {
                    Clients.send(client, topic, publisher + "-" + published);
                    published++;
                } while (!over.await(100, TimeUnit.MILLISECONDS));
                return published;
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** A page that remembers its position, and what it got. */
    private static final class MovingPage {
        private final String topic;
        private final Set<String> got = new HashSet<>();
        private String position = "";
        private RawClient client;
        private int resumptions;

        MovingPage(String topic) {
            this.topic = topic;
        }

        /** Comes, reads so many new messages, and leaves. */
        void comeTo(Clients node, int messages) throws InterruptedException {
            if (client == null) {
                client = node.connect();
                begin("first");
            } else {
                resume(node);
            }
            readAll(got.size() + messages);
            if (messages > 0) {
                client.close();
            }
        }

        void resume(Clients node) throws InterruptedException {
            client = node.connect();
            ReceivedFrame receipt = begin("after=" + position);
            assertThat(receipt.header("x-recovered")).isEqualTo("true");
            resumptions++;
        }

        private ReceivedFrame begin(String offset) throws InterruptedException {
            ReceivedFrame receipt = subscribe(client, topic, offset);
            if (receipt.header("x-replayed").equals("0")) {
                position = receipt.header("x-stream-offset");
            }
            return receipt;
        }

        /** Until it has got so many different ones. */
        void readAll(int count) throws InterruptedException {
            while (got.size() < count) {
                ReceivedFrame message = ReceivedFrame.next(client);
                boolean isNew = got.add(message.body());
                assertThat(isNew || message.find("redelivered").isPresent())
                        .as("new, or marked: %s", message)
                        .isTrue();
                position = message.header("x-stream-offset");
            }
        }
    }

    private static ReceivedFrame subscribe(RawClient client, String topic, String offset) throws InterruptedException {
        client.send("SUBSCRIBE\nid:s\ndestination:" + topic + "\nreceipt:r\nx-stream-offset:" + offset + "\n\n\0");
        return ReceivedFrame.next(client);
    }

    /** Both nodes have to be there for a while, and have heard all in time: each since its own last outage. */
    private void awaitResumption() {
        await().atMost(LIMIT).until(() -> resumes(left, right) && resumes(right, left));
    }

    private static boolean resumes(Clients from, Clients to) throws InterruptedException {
        String topic = "/topic/kept/quiet";
        String position = subscribe(from.connect(), topic, "next").header("x-stream-offset");
        return subscribe(to.connect(), topic, "after=" + position)
                .header("x-recovered")
                .equals("true");
    }

    private static RawClient newcomer(Clients node, String topic) throws InterruptedException {
        RawClient client = node.connect();
        client.send("SUBSCRIBE\nid:s\ndestination:" + topic + "\nreceipt:r\n\n\0");
        assertThat(ReceivedFrame.next(client).command()).isEqualTo("RECEIPT");
        return client;
    }

    /** Until both are at the end. */
    private static void assertCellsGrow(RawClient page) throws InterruptedException {
        Map<String, Integer> cells = new LinkedHashMap<>();
        while (!cells.equals(Map.of("left", COUNT, "right", COUNT))) {
            ReceivedFrame message = ReceivedFrame.next(page);
            Integer now = Integer.valueOf(message.body());
            Integer before = cells.put(message.header("cell"), now);
            assertThat(before == null || before < now).isTrue();
        }
    }

    @Test
    void presence_usersOfBothNodes_areToldOnBoth() throws Exception {
        String room = "/topic/rooms/" + name;
        RawClient watcher = watcher(right, room);
        assertThat(ReceivedFrame.next(watcher).body()).isEqualTo("{\"type\":\"state\",\"count\":0,\"members\":[]}");
        RawClient pia = Clients.subscribed(left.connectAs("pia"), room + "\nx-presence:{\"mood\"\\c1}");
        assertThat(ReceivedFrame.next(watcher).body())
                .startsWith("{\"type\":\"diff\",\"count\":1,\"joined\":[{\"user\":\"pia\",\"sessions\":1,"
                        + "\"info\":{\"mood\":1},\"since\":\"")
                .endsWith("\"}],\"left\":[]}");
        Clients.subscribed(right.connectAs("pia"), room);
        for (ServerProcess node : List.of(leftNode, rightNode)) {
            await().atMost(LIMIT).until(() -> sessions(node, "present", room).equals("[pia=2]"));
        }
        pia.send("SEND\ndestination:/presence" + room + "\n\n{\"mood\":2}\0");
        assertThat(ReceivedFrame.next(watcher).body())
                .contains(
                        "\"joined\":[],\"left\":[],\"changed\":[{\"user\":\"pia\",\"sessions\":2,\"info\":{\"mood\":2},");
        assertThat(ReceivedFrame.next(watcher(left, room)).body())
                .startsWith("{\"type\":\"state\",\"count\":1,\"members\":[{\"user\":\"pia\",\"sessions\":2,"
                        + "\"info\":{\"mood\":2},");
        pia.close();
        assertThat(ReceivedFrame.next(watcher).body())
                .contains("\"changed\":[{\"user\":\"pia\",\"sessions\":1,\"info\":null,");
        assertThat(watcher.isIdle()).isTrue();
        assertThat(presenceEvents(room)).containsExactly("joined pia " + room);
    }

    private static RawClient watcher(Clients node, String room) throws InterruptedException {
        return Clients.subscribed(node.connectAs("scout"), "/presence" + room);
    }

    /** Of the beans of both nodes. */
    private static List<String> presenceEvents(String room) {
        return Stream.of(leftNode, rightNode)
                .filter(ServerProcess::isAlive)
                .flatMap(node -> sessions(node, "events", "").lines())
                .filter(line -> line.matches("(joined|left) .*" + room))
                .toList();
    }

    @Test
    void queue_consumersOfBothNodes_shareTheMessages() throws Exception {
        String queue = "/queue/" + name;
        List<RawClient> consumers = List.of(left.subscriber(queue), right.subscriber(queue));
        publishFromBoth(queue);
        List<List<String>> taken = takeAll(consumers);
        assertThat(taken.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(messages());
        assertThat(taken).as("what each node got").noneMatch(List::isEmpty);
        for (List<String> ofOne : taken) {
            Ledger ledger = new Ledger();
            ofOne.forEach(ledger::delivered);
            ledger.assertOrderIsKept();
        }
    }

    @Test
    void durable_usedByBothNodes_isShared() throws Exception {
        String subscription = "/topic/" + name + "\ndurable:true\nname:n";
        List<RawClient> consumers = List.of(
                Clients.subscribed(left.connect("client-id:c\n"), subscription),
                Clients.subscribed(right.connect("client-id:c\n"), subscription));
        publishFromBoth("/topic/" + name);
        assertThat(takeAll(consumers).stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(messages());
    }

    @Test
    void reply_ofTheOtherNode_arrives() throws Exception {
        RawClient answerer = right.subscriber("/queue/" + name);
        RawClient asker = left.connect();
        asker.send("SEND\ndestination:/queue/" + name + "\nreply-to:/temp-queue/mine\n\n?\0");
        String replyTo = ReceivedFrame.next(answerer).header("reply-to");
        answerer.send("SEND\ndestination:" + replyTo + "\n\n!\0");
        assertThat(ReceivedFrame.next(asker).body()).isEqualTo("!");
    }

    @Test
    void user_sessionsOnBothNodes_getMessagesOnce() throws Exception {
        List<RawClient> ann = List.of(alerted(left, "ann"), alerted(right, "ann"), alerted(right, "ann"));
        RawClient bob = alerted(right, "bob");
        act(leftNode, "tell-user", "first");
        act(rightNode, "tell-user", "second");
        act(leftNode, "tell-user", "third");
        for (RawClient session : ann) {
            List<String> bodies = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                bodies.add(ReceivedFrame.next(session).body());
            }
            assertThat(bodies).containsExactlyInAnyOrder("first", "second", "third");
            assertThat(bodies).containsSubsequence("first", "third");
        }
        assertThat(ann).allMatch(RawClient::isIdle);
        assertThat(bob.isIdle()).isTrue();
    }

    @Test
    void session_onTheOtherNode_isReached() throws Exception {
        RawClient meant = right.openAs("carl");
        String session = ReceivedFrame.next(meant).header("session");
        Clients.subscribed(meant, "/user/queue/alerts");
        RawClient other = alerted(right, "carl");
        act(leftNode, "tell-session", session);
        assertThat(ReceivedFrame.next(meant).body()).isEqualTo("for you");
        assertThat(other.isIdle()).isTrue();
    }

    @Test
    void sessions_ofBothNodes_areShownToBeans() throws Exception {
        left.connectAs("dora");
        Clients.subscribed(right.connectAs("dora"), "/topic/" + name);
        right.connectAs("emil");
        for (ServerProcess node : List.of(leftNode, rightNode)) {
            await().atMost(LIMIT).untilAsserted(() -> {
                assertThat(sessions(node, "of-user", "dora"))
                        .isEqualTo("dora [/topic/%s] 2 0\ndora [] 1 0".formatted(name));
                assertThat(sessions(node, "all", "")).contains("dora ", "emil ");
            });
        }
        assertThat(sessions(leftNode, "here", "")).contains("dora ").doesNotContain("emil ");
    }

    @Test
    void disconnect_sessionOnTheOtherNode_isEnded() throws Exception {
        RawClient meant = right.openAs("fay");
        String session = ReceivedFrame.next(meant).header("session");
        RawClient other = right.connectAs("fay");
        sessions(leftNode, "disconnect-session", session);
        assertDisconnected(meant);
        Clients.send(other, "/topic/" + name, "still here");
    }

    @Test
    void disconnect_userOnBothNodes_isEnded() throws Exception {
        List<RawClient> gus = List.of(left.connectAs("gus"), right.connectAs("gus"), right.connectAs("gus"));
        RawClient hal = right.connectAs("hal");
        sessions(leftNode, "disconnect-user", "gus");
        for (RawClient session : gus) {
            assertDisconnected(session);
        }
        Clients.send(hal, "/topic/" + name, "still here");
        assertExpelled(leftNode, 1);
        assertExpelled(rightNode, 2);
        assertThat(sessions(rightNode, "events", "").lines().filter(line -> line.startsWith("told of the end")))
                .as("observers, who may take long")
                .isNotEmpty()
                .allMatch(line -> line.startsWith("told of the end on stompline-lane-"));
    }

    @Test
    void ticket_ofTheOtherNode_letsItsUserInOnce() throws Exception {
        String ticket = sessions(leftNode, "ticket", "jan");
        RawClient jan = shown(rightNode, ticket);
        assertThat(jan.next()).startsWith("CONNECTED\n").contains("user-name:jan\n");
        for (ServerProcess node : List.of(rightNode, leftNode)) {
            assertThat(shown(node, ticket).next()).startsWith("ERROR\nmessage:access refused\n");
        }
    }

    @Test
    void ticket_shownToBothNodesAtOnce_letsOneIn() throws Exception {
        for (int round = 0; round < 20; round++) {
            String ticket = sessions(leftNode, "ticket", "kim");
            List<RawClient> all = List.of(shown(leftNode, ticket), shown(rightNode, ticket), shown(rightNode, ticket));
            List<String> answers = new ArrayList<>();
            for (RawClient client : all) {
                answers.add(ReceivedFrame.next(client).command());
            }
            assertThat(answers).containsOnlyOnce("CONNECTED");
        }
    }

    @Test
    void outage_nodes_areApartThenOneAgain() throws Exception {
        RawClient subscriber = right.subscriber("/topic/" + name);
        RawClient here = left.connectAs("ida");
        RawClient there = right.connectAs("ida");
        String room = "/topic/rooms/" + name;
        Clients.subscribed(left.connectAs("pia"), room);
        await().atMost(LIMIT).until(() -> sessions(rightNode, "present", room).equals("[pia=1]"));
        RawClient watcher = watcher(right, room);
        nodes.broker().kill();
        assertThat(sessions(leftNode, "disconnect-user", "ida")).startsWith("the other nodes were not told: ");
        assertDisconnected(here);
        assertThat(sessions(leftNode, "all", "")).doesNotContain("ida ");
        nodes.broker().restart();

        RawClient publisher = left.connect();
        await().atMost(LIMIT).until(() -> {
            Clients.send(publisher, "/topic/" + name, "again");
            return !subscriber.isIdle();
        });
        await().atMost(LIMIT).until(() -> sessions(leftNode, "of-user", "ida").startsWith("ida "));
        assertThat(sessions(leftNode, "disconnect-user", "ida")).isEmpty();
        assertDisconnected(there);
        assertThat(presenceEvents(room)).containsExactly("joined pia " + room);
        assertThat(sessions(rightNode, "present", room)).isEqualTo("[pia=1]");
        while (!watcher.isIdle()) {
            assertThat(ReceivedFrame.next(watcher).body())
                    .contains("\"count\":1,")
                    .doesNotContain("\"left\":[{");
        }
    }

    private RawClient shown(ServerProcess node, String ticket) {
        RawClient client = RawClient.open(node.stompUri());
        guests.add(client);
        return client.send("CONNECT\naccept-version:1.2\nhost:h\npasscode:" + ticket + "\n\n\0");
    }

    private void publishFromBoth(String destination) throws InterruptedException {
        List<LedgerPublisher> publishers = List.of(
                new LedgerPublisher(left.connect(), "left", destination, COUNT, new Ledger()),
                new LedgerPublisher(right.connect(), "right", destination, COUNT, new Ledger()));
        publishers.stream().map(CompletableFuture::runAsync).toList().forEach(CompletableFuture::join);
    }

    private static List<String> messages() {
        return Stream.of("left-", "right-")
                .flatMap(publisher -> IntStream.range(0, COUNT).mapToObj(i -> publisher + i))
                .toList();
    }

    /** What each of them gets of {@link #messages}. */
    private static List<List<String>> takeAll(List<RawClient> consumers) {
        Map<RawClient, List<String>> taken = new LinkedHashMap<>();
        await().atMost(LIMIT).until(() -> {
            for (RawClient consumer : consumers) {
                List<String> bodies = taken.computeIfAbsent(consumer, any -> new ArrayList<>());
                while (!consumer.isIdle()) {
                    bodies.add(ReceivedFrame.next(consumer).body());
                }
            }
            return taken.values().stream().mapToInt(List::size).sum() >= 2 * COUNT;
        });
        return List.copyOf(taken.values());
    }

    /** The one that was asked and the one that was told say so. */
    private static void assertExpelled(ServerProcess node, int sessions) {
        await().atMost(LIMIT).untilAsserted(() -> {
            assertThat(node.log())
                    .filteredOn(line -> line.contains("all sessions of user gus"))
                    .singleElement()
                    .asString()
                    .contains(
                            "INFO",
                            "ended by the application: all sessions of user gus, " + sessions
                                    + " on this server, session ",
                            " of gus at 127.0.0.1",
                            ": closed for today");
            assertThat(sessions(node, "events", "").lines().filter(line -> line.startsWith("expelled gus")))
                    .containsExactly("expelled gus by nobody, ended " + sessions + ": closed for today");
        });
    }

    /** An HTTP session that both nodes know, as where servers replicate them. */
    private static String onBoth(String cookie) throws Exception {
        for (ServerProcess node : List.of(leftNode, rightNode)) {
            get(node, "/api/roles/login", cookie);
        }
        return cookie;
    }

    private static void assertLoggedOut(RawClient client) throws InterruptedException {
        assertThat(ReceivedFrame.next(client).body())
                .contains("this user has logged out or the HTTP session has ended");
    }

    private static RawClient alerted(Clients node, String user) throws InterruptedException {
        return Clients.subscribed(node.connectAs(user), "/user/queue/alerts");
    }

    @Test
    void kept_pagesOnBothNodes_theFirstAckDeletesForAllAndIsToldToTheOther() throws Exception {
        RawClient here = keptFor(left, name);
        RawClient there = keptFor(right, name);
        RawClient badge = Clients.subscribed(right.connectAs(name), "/user/queue/kept.seen");
        assertThat(ReceivedFrame.next(badge).header("x-unread")).isEqualTo("0");
        assertThat(Nodes.alert(leftNode, "keep-and-fail", name, "never")).isEqualTo("rolled back");
        Nodes.alert(leftNode, "keep", name, "tea");
        ReceivedFrame tea = ReceivedFrame.next(here);
        ReceivedFrame sameTea = ReceivedFrame.next(there);
        assertThat(List.of(tea.body(), sameTea.body())).containsOnly("tea");
        assertThat(sameTea.header("x-inbox-id")).isEqualTo(tea.header("x-inbox-id"));
        assertThat(ReceivedFrame.next(badge).header("x-unread")).isEqualTo("1");

        acknowledge(here, tea);
        ReceivedFrame seen = ReceivedFrame.next(badge);
        assertThat(seen.body()).isEqualTo(tea.header("x-inbox-id"));
        assertThat(seen.header("x-unread")).isEqualTo("0");
        acknowledge(there, sameTea);
        Nodes.alert(rightNode, "keep", name, "milk");
        for (RawClient page : List.of(here, there, keptFor(left, name))) {
            assertThat(ReceivedFrame.next(page).body()).isEqualTo("milk");
        }
        for (ServerProcess node : List.of(leftNode, rightNode)) {
            assertThat(Nodes.alert(node, "unread", name, "")).isEqualTo("1");
        }
    }

    private static RawClient keptFor(Clients node, String user) throws InterruptedException {
        return Clients.subscribed(node.connectAs(user), "/user/queue/kept\nack:client-individual");
    }

    private static void assertDisconnected(RawClient client) throws InterruptedException {
        assertThat(client.next())
                .startsWith("ERROR\nmessage:disconnected by the server\n")
                .endsWith("closed for today");
    }

    /** What is asserted when the right node is dead. */
    private interface AfterCrash {
        void check() throws Exception;
    }

    /** All in one crash: each start of a victim takes longer than what is tried on it. */
    @Test
    @Order(Integer.MAX_VALUE)
    void crash_messagesAndSubscriptionsOfTheDeadNode_goToTheOtherNode() throws Exception {
        List<AfterCrash> checks = List.of(
                presence(),
                durable(),
                unacknowledgedMessages(),
                topicsAndUsers(),
                resumedSession(),
                history(),
                lastValue(),
                kept(),
                overHttp());
        dieAfterCommit();
        for (AfterCrash after : checks) {
            after.check();
        }
    }

    /** As kill -9 does, at the worst moment for what is {@link #kept}. */
    private void dieAfterCommit() {
        assertThatThrownBy(() -> Nodes.alert(rightNode, "keep-and-die", name, "committed"))
                .isInstanceOf(UncheckedIOException.class);
        rightNode.kill();
    }

    /** At first the other node gets no answer from it, then it knows that the session is gone. */
    private AfterCrash overHttp() {
        HttpStomp page =
                HttpStomp.polling(rightNode.stompUri(), HttpStomp.CONNECT).onlyAt(leftNode.stompUri());
        assertThat(page.next()).startsWith("CONNECTED\n");
        assertThat(page.send("\n")).isEqualTo(204);
        return () -> await().atMost(LIMIT).until(() -> {
            int status = page.send(2, "\n");
            assertThat(status).isIn(503, 410);
            return status == 410;
        });
    }

    /** What nobody was told of comes to the page that comes back, behind what it had not acknowledged. */
    private AfterCrash kept() throws Exception {
        RawClient page = keptFor(right, name);
        Nodes.alert(leftNode, "keep", name, "acknowledged");
        acknowledge(page, ReceivedFrame.next(page));
        Nodes.alert(leftNode, "keep", name, "shown");
        assertThat(ReceivedFrame.next(page).body()).isEqualTo("shown");
        await().atMost(LIMIT)
                .until(() -> Nodes.alert(leftNode, "unread", name, "").equals("1"));
        return () -> {
            RawClient back = keptFor(left, name);
            List<ReceivedFrame> messages = List.of(ReceivedFrame.next(back), ReceivedFrame.next(back));
            assertThat(messages).extracting(ReceivedFrame::body).containsExactly("shown", "committed");
            for (ReceivedFrame message : messages) {
                acknowledge(back, message);
            }
            await().atMost(LIMIT)
                    .until(() -> Nodes.alert(leftNode, "unread", name, "").equals("0"));
            assertThat(back.isIdle()).isTrue();
        };
    }

    /** The position of the dead node is good at the other one, and at one that starts afterwards. */
    private AfterCrash history() throws Exception {
        awaitResumption();
        String topic = "/topic/kept/" + name;
        RawClient page = right.connect();
        subscribe(page, topic, "next");
        new LedgerPublisher(left.connect(), "p", topic, 5, new Ledger()).run();
        String position = take(page, 0, 5).get(4).header("x-stream-offset");
        return () -> {
            new LedgerPublisher(left.connect(), "q", topic, 5, new Ledger()).run();
            assertResumes(left, topic, position);
            int large = publishMuch();
            ServerProcess anew = nodes.start();
            awaitReady(anew);
            try (Clients there = new Clients(anew.stompUri())) {
                assertResumes(there, topic, position);
                RawClient late = there.connect();
                assertThat(subscribe(late, topic, "first").header("x-replayed")).isEqualTo("10");
                assertThat(ReceivedFrame.next(late).body()).isEqualTo("p-0");
                assertThat(takenOver(anew)).isGreaterThan(large);
                RawClient board = there.connect();
                assertThat(subscribe(board, "/topic/last/crash", "first").header("x-replayed"))
                        .isEqualTo("1");
                assertThat(ReceivedFrame.next(board).body()).isEqualTo("kept");
            }
        };
    }

    /** More than a topic of the message broker takes at a time, and about half of what a node keeps. */
    private int publishMuch() throws InterruptedException {
        RawClient publisher = left.connect();
        String body = "x".repeat(60_000);
        int count = 640;
        for (int i = 0; i < count; i++) {
            Clients.send(publisher, "/topic/kept/" + name + "/large", body);
        }
        return count;
    }

    /** How many messages that node has of another one. */
    private static int takenOver(ServerProcess node) {
        Pattern said = Pattern.compile("(\\d+) messages were taken over from another node");
        return node.log().stream()
                .flatMap(line -> said.matcher(line).results())
                .mapToInt(found -> Integer.parseInt(found.group(1)))
                .sum();
    }

    private AfterCrash resumedSession() throws Exception {
        String topic = "/topic/kept/" + name + "/own";
        RawClient page = right.openAs("ida");
        String session = ReceivedFrame.next(page).header("session");
        Clients.send(page, topic, "own");
        Clients.send(left.connect(), topic, "other");
        await().atMost(LIMIT).until(() -> firstOf(left, "ida", topic, session).equals("other"));
        return () -> assertThat(firstOf(left, "ida", topic, session)).isEqualTo("other");
    }

    /** What the page has may come again, marked; then comes what it has not. */
    private static void assertResumes(Clients node, String topic, String position) throws InterruptedException {
        RawClient back = node.connect();
        assertThat(subscribe(back, topic, "after=" + position).header("x-recovered"))
                .isEqualTo("true");
        for (String body : List.of("p-0", "p-1", "p-2", "p-3", "p-4")) {
            ReceivedFrame again = ReceivedFrame.next(back);
            assertThat(again.body()).isEqualTo(body);
            assertThat(again.header("redelivered")).isEqualTo("true");
        }
        for (String body : List.of("q-0", "q-1", "q-2", "q-3", "q-4")) {
            assertThat(ReceivedFrame.next(back).body()).isEqualTo(body);
        }
    }

    private static void awaitReady(ServerProcess node) {
        HttpClient http = HttpClient.newHttpClient();
        HttpRequest ready = HttpRequest.newBuilder(node.uri("/health/ready")).build();
        await().atMost(LIMIT)
                .until(() ->
                        http.send(ready, HttpResponse.BodyHandlers.discarding()).statusCode() == 200);
    }

    /** {@link #history} looks for it on the node that starts afterwards. */
    private AfterCrash lastValue() throws Exception {
        Clients.send(left.connect(), "/topic/last/crash\ncell:a", "kept");
        return () -> {};
    }

    private AfterCrash unacknowledgedMessages() throws Exception {
        String queue = "/queue/" + name + "\nack:client-individual";
        RawClient first = right.subscriber(queue);
        new LedgerPublisher(left.connect(), "p", "/queue/" + name, 10, new Ledger()).run();
        List<ReceivedFrame> taken = take(first, 0, 10);
        assertThat(taken).allMatch(message -> message.find("redelivered").isEmpty());
        for (ReceivedFrame message : taken.subList(0, 3)) {
            acknowledge(first, message);
        }
        RawClient second = left.subscriber(queue);
        return () -> {
            for (ReceivedFrame message : take(second, 3, 10)) {
                assertThat(message.header("redelivered")).isEqualTo("true");
                acknowledge(second, message);
            }
            Clients.send(left.connect(), "/queue/" + name, "p-10");
            assertThat(take(second, 10, 11).get(0).find("redelivered")).isEmpty();
        };
    }

    private AfterCrash topicsAndUsers() throws Exception {
        RawClient subscriber = left.subscriber("/topic/" + name);
        RawClient ann = Clients.subscribed(left.connectAs("ann"), "/user/queue/alerts");
        Clients.send(right.connect(), "/topic/" + name, "before");
        assertThat(ReceivedFrame.next(subscriber).body()).isEqualTo("before");
        return () -> {
            Clients.send(left.connect(), "/topic/" + name, "after");
            assertThat(ReceivedFrame.next(subscriber).body()).isEqualTo("after");
            Nodes.act(leftNode, "tell-user", "alone");
            assertThat(ReceivedFrame.next(ann).body()).isEqualTo("alone");
            assertThat(List.of(subscriber, ann)).allMatch(client -> client.isOpen() && client.isIdle());
        };
    }

    /** Of two users of the dead node one comes back; the other leaves, once. */
    private AfterCrash presence() throws Exception {
        String room = "/topic/rooms/" + name;
        Clients.subscribed(right.connectAs("pia"), room);
        Clients.subscribed(right.connectAs("quin"), room);
        await().atMost(LIMIT).until(() -> sessions(leftNode, "present", room).equals("[pia=1, quin=1]"));
        RawClient watcher = watcher(left, room);
        assertThat(ReceivedFrame.next(watcher).body()).startsWith("{\"type\":\"state\",\"count\":2,");
        return () -> {
            Clients.subscribed(left.connectAs("quin"), room);
            await().atMost(LIMIT).until(() -> !watcher.isIdle());
            assertThat(ReceivedFrame.next(watcher).body())
                    .startsWith("{\"type\":\"diff\",\"count\":1,\"joined\":[],\"left\":[{\"user\":\"pia\",");
            assertThat(sessions(leftNode, "present", room)).isEqualTo("[quin=1]");
            await().atMost(LIMIT).until(() -> presenceEvents(room).contains("left pia " + room));
            assertThat(presenceEvents(room).stream().filter(line -> line.startsWith("left")))
                    .hasSize(1);
        };
    }

    private AfterCrash durable() throws Exception {
        String topic = "/topic/" + name + "/durable";
        String subscription = topic + "\ndurable:true\nname:n\nack:client-individual";
        RawClient first = Clients.subscribed(right.connect("client-id:c\n"), subscription);
        new LedgerPublisher(left.connect(), "p", topic, 5, new Ledger()).run();
        acknowledge(first, take(first, 0, 5).get(0));
        return () -> {
            RawClient second = left.connect("client-id:c\n");
            second.send("SUBSCRIBE\nid:s\ndestination:" + subscription + "\n\n\0");
            for (ReceivedFrame message : take(second, 1, 5)) {
                assertThat(message.header("redelivered")).isEqualTo("true");
            }
        };
    }

    @Tag("long")
    @Test
    void crash_sessionsOfTheDeadNode_areNoLongerShown() throws Exception {
        try (ServerProcess victim = nodes.start();
                Clients there = new Clients(victim.stompUri())) {
            Nodes.awaitAcquaintance(leftNode, victim);
            there.connectAs("bob");
            left.connectAs("bob");
            awaitSessionsOfBob(2);
            victim.kill();
        }
        awaitSessionsOfBob(1);
        assertThat(sessions(leftNode, "all", "").lines().filter(line -> line.startsWith("bob ")))
                .hasSize(1);
    }

    private static void awaitSessionsOfBob(int count) {
        await().atMost(LIMIT)
                .untilAsserted(() ->
                        assertThat(sessions(leftNode, "of-user", "bob").lines()).hasSize(count));
    }

    private static List<ReceivedFrame> take(RawClient consumer, int from, int to) throws InterruptedException {
        List<ReceivedFrame> taken = new ArrayList<>();
        for (int i = from; i < to; i++) {
            ReceivedFrame message = ReceivedFrame.next(consumer);
            assertThat(message.body()).isEqualTo("p-" + i);
            taken.add(message);
        }
        return taken;
    }

    private static void acknowledge(RawClient client, ReceivedFrame message) throws InterruptedException {
        client.send("ACK\nid:" + message.header("ack") + "\nreceipt:acknowledged\n\n\0");
        assertThat(client.next()).isEqualTo("RECEIPT\nreceipt-id:acknowledged\n\n");
    }
}
