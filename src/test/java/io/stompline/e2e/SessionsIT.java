package io.stompline.e2e;

import static io.stompline.e2e.support.RawSocket.closeFrame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stompline.application.ApplicationWar;
import io.stompline.application.SessionServlet;
import io.stompline.application.Watcher;
import io.stompline.e2e.support.RawClient;
import io.stompline.e2e.support.RawSocket;
import io.stompline.server.Server;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Beans know who is connected and what happens on connections. */
@Tag(Server.ANY)
class SessionsIT {
    private static Server server;

    @BeforeAll
    static void start() {
        server = Server.application(ApplicationWar.write(ApplicationWar.of(Watcher.class, SessionServlet.class)))
                .with("stompline.outbox.max-bytes", "16384")
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void sessions_connected_areShownWithTheirSubscriptions() throws Exception {
        try (RawClient ann = connected("ann")) {
            ann.send(
                    "SUBSCRIBE\nid:1\ndestination:/topic/a\n\n\0SUBSCRIBE\nid:2\ndestination:/user/queue/b\nreceipt:r\n\n\0");
            ann.next();
            ann.send("SEND\ndestination:/topic/a\nreceipt:s\n\n\0");
            assertThat(ann.next() + ann.next()).contains("MESSAGE", "RECEIPT");
            assertThat(get("of-user", "ann")).isEqualTo("ann [/topic/a, /user/queue/b] 4 1");
            assertThat(get("here", "")).contains("ann ");
            // Those of other tests may still be leaving; of her, four frames came and one message went.
            await().until(() -> get("statistics", "")
                    .matches("StompStatistics\\[clients=1, subscriptions=2, "
                            + "framesReceived=([4-9]|[1-9]\\d+), messagesSent=[1-9]\\d*]"));
        }
        await().until(() -> get("of-user", "ann").isEmpty());
    }

    @Test
    void disconnect_user_isToldTheReason() throws Exception {
        try (RawClient bob = connected("bob");
                RawClient bobAgain = connected("bob")) {
            get("disconnect-user", "bob");
            for (RawClient client : List.of(bob, bobAgain)) {
                assertThat(client.next())
                        .startsWith("ERROR\nmessage:disconnected by the server\n")
                        .endsWith("closed for today");
            }
        }
        try (RawClient bob = connected("bob")) {
            get("disconnect", "bob");
            assertThat(bob.next()).endsWith("closed for today");
        }
    }

    @RepeatedTest(3)
    void disconnect_userWhoStillWrites_isToldTheReason() throws Exception {
        byte[] send = RawSocket.frame(
                0x81,
                ("SEND\ndestination:/topic/a\n\n" + "x".repeat(10_000) + "\0").getBytes(StandardCharsets.US_ASCII));
        try (RawSocket client = new RawSocket(server.stompUri(), "")) {
            CompletableFuture<String> done = CompletableFuture.supplyAsync(() -> disconnect("user1"));
            client.writeUntilAnswered(send);
            for (int i = 0; i < 30; i++) {
                client.write(send);
            }
            assertThat(client.readToClose())
                    .contains("ERROR\nmessage:disconnected by the server\n", "closed for today", closeFrame(1008));
            done.get(10, TimeUnit.SECONDS);
        }
    }

    private static String disconnect(String user) {
        try {
            return get("disconnect-user", user);
        } catch (IOException | InterruptedException e) {
            throw new CompletionException(e);
        }
    }

    @Test
    void event_ofEachKind_isFiredOnce() throws Exception {
        try (RawClient carl = connected("carl")) {
            carl.send("SUBSCRIBE\nid:1\ndestination:/topic/a\n\n\0SUBSCRIBE\nid:2\ndestination:/topic/b\n\n\0"
                    + "UNSUBSCRIBE\nid:1\n\n\0DISCONNECT\nreceipt:r\n\n\0");
            assertThat(carl.next()).contains("receipt-id:r");
        }
        await().until(() -> get("events", "").contains("disconnected carl"));
        assertThat(get("events", "").lines().filter(line -> line.contains("carl")))
                .containsExactly(
                        "connected carl",
                        "subscribed carl /topic/a",
                        "subscribed carl /topic/b",
                        "unsubscribed carl /topic/a",
                        "unsubscribed carl /topic/b",
                        "disconnected carl: disconnected");
    }

    @Test
    void login_identityStoreFails_isRefused() throws Exception {
        try (RawClient unlucky = open("unlucky", "unlucky")) {
            assertThat(unlucky.next())
                    .startsWith("ERROR\nmessage:access refused\n")
                    .doesNotContain("database of users");
        }
    }

    @Test
    void event_refusal_isFired() throws Exception {
        try (RawClient eve = open("eve", "wrong")) {
            assertThat(eve.next()).startsWith("ERROR\n");
        }
        try (RawClient eve = connected("eve")) {
            eve.send("SUBSCRIBE\nid:1\ndestination:/queue/mq/sys/dmq\n\n\0");
            assertThat(eve.next()).startsWith("ERROR\n");
        }
        await().until(() -> get("events", "").contains("disconnected eve"));
        assertThat(get("events", ""))
                .contains(
                        "refused LOGIN eve at 127.0.0.1: the server did not accept the login and passcode",
                        "refused DESTINATION eve at 127.0.0.1: this user may not subscribe to this destination, in"
                                + " SUBSCRIBE id '1' destination '/queue/mq/sys/dmq'");
    }

    @Test
    void event_slowClient_isFiredOnce() throws Exception {
        try (RawClient dora = connected("dora")) {
            dora.send("SUBSCRIBE\nid:1\ndestination:/topic/flood\nreceipt:r\n\n\0");
            dora.next();
            dora.stopReading();
            try (RawClient publisher = connected("flora")) {
                String body = "x".repeat(10_000);
                await().until(() -> {
                    for (int i = 0; i < 100; i++) {
                        publisher.send("SEND\ndestination:/topic/flood\n\n" + body + "\0");
                    }
                    return get("events", "").contains("disconnected dora");
                });
            }
        }
        assertThat(get("events", "").lines().filter(line -> line.contains("slow dora")))
                .hasSize(1);
    }

    private static RawClient connected(String user) throws InterruptedException {
        RawClient client = open(user, user);
        assertThat(client.next()).startsWith("CONNECTED\n");
        return client;
    }

    private static RawClient open(String user, String passcode) {
        return RawClient.open(server.stompUri())
                .send("CONNECT\naccept-version:1.2\nhost:h\nlogin:" + user + "\npasscode:" + passcode + "\n\n\0");
    }

    private static String get(String what, String name) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(server.uri("/sessions?what=" + what + "&name=" + name))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
