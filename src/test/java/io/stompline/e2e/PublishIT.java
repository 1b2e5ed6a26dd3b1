package io.stompline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.application.ApplicationWar;
import io.stompline.application.OrderServlet;
import io.stompline.application.Orders;
import io.stompline.e2e.support.RawClient;
import io.stompline.server.Server;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Beans of an application that carries Stompline's classes publish to browsers. */
@Tag(Server.ANY)
class PublishIT {
    private static Server server;

    @BeforeAll
    static void start() {
        server = Server.application(war()).start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Path war() {
        return ApplicationWar.write(ApplicationWar.of(Orders.class, OrderServlet.class)
                .addAsLibrary(ApplicationWar.jarOf("org.h2.Driver").toFile()));
    }

    @Test
    void publish_inATransaction_isSentAfterCommitOnly() throws Exception {
        try (RawClient ann = connected("ann")) {
            subscribe(ann, "/topic/orders");
            act("place-and-fail", "never");
            act("place", "pen");
            assertThat(ann.next())
                    .contains("content-type:application/json\n")
                    .endsWith("\n\n{\"name\":\"pen\",\"due\":\"2030-01-02\"}");
            assertThat(act("names", "")).contains("pen").doesNotContain("never");
        }
    }

    @Test
    void publish_afterCommit_isSentAfterCommitOnly() throws Exception {
        try (RawClient ann = connected("ann")) {
            subscribe(ann, "/topic/orders");
            act("place-after-and-fail", "never-after");
            act("place-after", "after");
            assertThat(ann.next()).endsWith("\n\nafter");
        }
    }

    @Test
    void publish_tooLarge_failsInTheTransactionAndRollsItBack() throws Exception {
        for (String what : new String[] {"place-large", "place-large-after"}) {
            assertThat(act(what, what))
                    .contains("a message to /topic/orders was not taken: the body has 2500000 octets, at most 2097152");
        }
        assertThat(act("names", "")).doesNotContain("large");
    }

    @Test
    void publish_deliveryDelay_isKeptInATransaction() throws Exception {
        try (RawClient ann = connected("ann")) {
            subscribe(ann, "/topic/orders");
            long before = System.currentTimeMillis();
            act("place-delayed", "delayed");
            assertThat(ann.next()).endsWith("\n\nxxx");
            assertThat(System.currentTimeMillis() - before).isGreaterThanOrEqualTo(700);
        }
    }

    @Test
    void publish_payload_isTakenAtTheCall() throws Exception {
        try (RawClient ann = connected("ann")) {
            subscribe(ann, "/topic/orders");
            act("change", "as-it-was");
            assertThat(ann.next()).endsWith("\n\n[\"as-it-was\"]");
        }
    }

    @Test
    void publish_toAUser_reachesAllItsSessionsOnly() throws Exception {
        try (RawClient ann = connected("ann");
                RawClient annAgain = connected("ann");
                RawClient bob = connected("bob")) {
            for (RawClient client : new RawClient[] {ann, annAgain, bob}) {
                subscribe(client, "/user/queue/alerts");
            }
            act("tell-user-as-in-spring", "short");
            for (RawClient client : new RawClient[] {ann, annAgain}) {
                assertThat(client.next())
                        .contains("destination:/user/queue/alerts\n")
                        .endsWith("short");
            }
            act("tell-user", "hello");
            assertThat(ann.next()).contains("destination:/user/queue/alerts\n").endsWith("hello");
            assertThat(annAgain.next()).endsWith("hello");
            bob.send("SEND\ndestination:/topic/nobody\nreceipt:r\n\n\0");
            assertThat(bob.next()).startsWith("RECEIPT");
        }
    }

    @Test
    void publish_toASessionOrAllButOne_reachesThoseOnly() throws Exception {
        try (RawClient ann = open("ann");
                RawClient bob = connected("bob")) {
            String session = header(ann.next(), "session");
            for (RawClient client : new RawClient[] {ann, bob}) {
                subscribe(client, "/user/queue/alerts");
                client.send("SUBSCRIBE\nid:o\ndestination:/topic/others\nreceipt:o\n\n\0");
                assertThat(client.next()).contains("receipt-id:o");
            }
            act("tell-others", session);
            act("tell-session", session);
            assertThat(ann.next()).endsWith("for you");
            assertThat(bob.next()).endsWith("others");
        }
    }

    @Test
    void publish_headersAndOctets_areSent() throws Exception {
        try (RawClient ann = connected("ann")) {
            subscribe(ann, "/topic/headers");
            act("headers", "");
            assertThat(ann.next())
                    .contains(
                            "content-type:application/octet-stream\n",
                            "colour:red\n",
                            "correlation-id:c\n",
                            "content-length:2\n");
        }
    }

    private static void subscribe(RawClient client, String destination) throws InterruptedException {
        client.send("SUBSCRIBE\nid:s\ndestination:" + destination + "\nreceipt:s\n\n\0");
        assertThat(client.next()).isEqualTo("RECEIPT\nreceipt-id:s\n\n");
    }

    private static RawClient connected(String user) throws InterruptedException {
        RawClient client = open(user);
        assertThat(client.next()).startsWith("CONNECTED\n");
        return client;
    }

    private static RawClient open(String user) {
        return RawClient.open(server.stompUri())
                .send("CONNECT\naccept-version:1.2\nhost:h\nlogin:" + user + "\npasscode:" + user + "\n\n\0");
    }

    private static String act(String what, String name) throws Exception {
        return get(server, "/do?what=" + what + "&name=" + name);
    }

    private static String get(Server server, String path) throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(server.uri(path)).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private static String header(String frame, String name) {
        return frame.lines()
                .filter(line -> line.startsWith(name + ":"))
                .findFirst()
                .orElseThrow()
                .substring(name.length() + 1);
    }
}
