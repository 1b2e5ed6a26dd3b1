package io.stompline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stompline.e2e.support.Clients;
import io.stompline.e2e.support.MetricsPage;
import io.stompline.e2e.support.RawClient;
import io.stompline.e2e.support.ReceivedFrame;
import io.stompline.server.ServerProcess;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** One account that sends without end, to a server with a small store: the others go on. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class QuotaIT {
    private static final String BODY = "x".repeat(60 * 1024);
    private static final String NOTICE = "/app/notices\ncontent-type:application/json";

    /** For tests that leave room for one another, and the one that does not, which is the last. */
    @TempDir
    private static Path common;

    private static ServerProcess running;

    @TempDir
    private Path data;

    @BeforeAll
    static void start() throws IOException {
        running = server(common)
                .with("stompline.durable.max-bytes", "300000")
                // One and two of the tests for the same user.
                .with("stompline.durable.max-per-user", "3")
                .start();
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void quota_filledQueues_endAtTheLimitOfDestinationUserAndBroker() throws Exception {
        try (Clients clients = new Clients(running.stompUri())) {
            assertThat(fill(clients, "user1", "/queue/one")).contains("message:destination full");
            for (int i = 0; i < 20; i++) {
                fill(clients, "user1", "/queue/many" + i);
            }
            assertThat(fill(clients, "user1", "/queue/fresh")).contains("stompline.queue.max-bytes-per-user");
            clients.subscriber("/topic/late");
            assertThat(fill(clients, "user1", "/topic/late\ndelivery-delay:600000"))
                    .contains("stompline.queue.max-bytes-per-user");
            Clients.send(clients.connectAs("user2"), "/queue/of-user2", "still taken");
            assertLiveTopicAndNoticeWork(clients);

            assertThat(fillSeveral(clients, "user2")).contains("stompline.queue.max-broker-percent");
            assertThat(fill(clients, "admin", "/queue/fresh")).contains("stompline.queue.max-broker-percent");
            assertLiveTopicAndNoticeWork(clients);
            assertThat(ready(running).statusCode()).isEqualTo(200);
            assertThat(ready(running).body()).contains("closed to clients");
            await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
                MetricsPage metrics = MetricsPage.of(running);
                assertThat(metrics.number("broker_percent")).isBetween(80L, 90L);
                assertThat(metrics.number("broker_max_bytes")).isEqualTo(8 << 20);
                assertThat(metrics.number("broker_bytes")).isGreaterThan(6 << 20);
                assertThat(metrics.number("sends_over_quota_total")).isGreaterThan(20);
            });
        }
    }

    @Tag("long")
    @Test
    void quota_fullStoreAfterARestart_takesLiveTopicsAndBeansOnly() throws Exception {
        try (ServerProcess server = server().start();
                Clients clients = new Clients(server.stompUri())) {
            fillSeveral(clients, "user1");
            fillSeveral(clients, "user2");
        }
        try (ServerProcess server = server().start();
                Clients clients = new Clients(server.stompUri())) {
            assertThat(fill(clients, "user2", "/queue/fresh")).contains("stompline.queue.max-broker-percent");
            assertLiveTopicAndNoticeWork(clients);

            RawClient consumer = clients.subscriber("/queue/user10");
            for (int i = 0; i < 15; i++) {
                assertThat(ReceivedFrame.next(consumer).body()).isEqualTo(BODY);
            }
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(fill(clients, "user2", "/queue/fresh", 1, BODY))
                            .isEmpty());
        }
    }

    @Tag("long")
    @Test
    void quota_durableOfAUser_isCountedOverARestart() throws Exception {
        try (ServerProcess server = server().start();
                Clients clients = new Clients(server.stompUri())) {
            subscribeDurable(clients.connect(), "a");
            subscribeDurable(clients.connect(), "b");
            assertThat(durable(clients.connect(), "c")).contains("stompline.durable.max-per-user");
        }
        try (ServerProcess server = server().start();
                Clients clients = new Clients(server.stompUri())) {
            assertThat(durable(clients.connect(), "c")).contains("stompline.durable.max-per-user");
            subscribeDurable(clients.connect(), "b");
            RawClient deleting = clients.connect();
            subscribeDurable(deleting, "a");
            deleting.send("UNSUBSCRIBE\nid:a\ndurable:true\nreceipt:r\n\n\0");
            assertThat(deleting.next()).contains("receipt-id:r");
            subscribeDurable(clients.connect(), "c");
        }
    }

    /** More than the topic takes altogether passes through it, a bit each second. */
    @Test
    void durable_leftBehind_losesItsOldestMessagesAndStopsNobody() throws Exception {
        try (Clients clients = new Clients(running.stompUri())) {
            String topic = "/topic/left";
            leaveDurable(clients, topic);
            long before = lostOfDurables();
            RawClient publisher = clients.connectAs("user2");
            for (int i = 0; i < 30; i++) {
                Clients.send(publisher, topic, i + " " + BODY);
                if (i % 6 == 5) {
                    awaitLost(before, i + 1);
                }
            }
            long lost = lostOfDurables() - before;

            RawClient owner = clients.connect();
            owner.send(durableSubscribe(topic));
            assertThat(owner.next()).startsWith("RECEIPT");
            for (long i = lost; i < 30; i++) {
                assertThat(ReceivedFrame.next(owner).body()).startsWith(i + " ");
            }
            assertThat(running.log())
                    .filteredOn(line -> line.contains("left has lost its oldest messages"))
                    .hasSize(1);
        }
    }

    /** What a client holds unacknowledged cannot be removed; each subscription alone is within its bound. */
    @Test
    void durable_clientThatAcknowledgesNothing_endsBeforeItsTopicIsFullForOthers() throws Exception {
        String topic = "/topic/held";
        try (Clients clients = new Clients(running.stompUri())) {
            RawClient holder = clients.connect();
            for (String half : List.of("even", "odd")) {
                holder.send("SUBSCRIBE\nid:" + half + "\nack:client\ndestination:" + topic + "\ndurable:true\nname:"
                        + half + "\nselector:half = '" + half + "'\nreceipt:s\n\n\0");
                assertThat(holder.next()).startsWith("RECEIPT");
            }
            RawClient beside = clients.connectAs("admin");
            beside.send(durableSubscribe(topic));
            assertThat(beside.next()).startsWith("RECEIPT");

            for (int i = 0; i < 40; i++) {
                String number = i + "";
                String headers = "\nhalf:" + (i % 2 == 0 ? "even" : "odd");
                await().atMost(Duration.ofSeconds(10))
                        .until(() -> fill(clients, "user2", topic + headers, 1, number + " " + BODY)
                                .isEmpty());
                ReceivedFrame received = ReceivedFrame.next(beside);
                assertThat(received.body()).startsWith(number + " ");
                beside.send("ACK\nid:" + received.header("ack") + "\n\n\0");
            }
            assertThat(lastFrame(holder)).contains("message:client reads too slowly", "stompline.durable.max-bytes");
        }
    }

    private static String lastFrame(RawClient client) throws InterruptedException {
        String frame = client.next();
        while (frame.startsWith("MESSAGE")) {
            frame = client.next();
        }
        return frame;
    }

    /** At most four of them have room in the bound. */
    private static void awaitLost(long before, int published) {
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(lostOfDurables() - before).isBetween(published - 4L, published - 3L));
    }

    private static long lostOfDurables() throws IOException, InterruptedException {
        return MetricsPage.of(running).number("jms_durable_messages_lost_total");
    }

    /** In the chat the bean publishes at once, the notices are an enterprise bean's and part of its transaction. */
    @Test
    void receipt_ofABeanThatPublishesToAFullTopic_saysSo() throws Exception {
        try (ServerProcess server = server().start();
                Clients clients = new Clients(server.stompUri())) {
            assertReceiptTellsThatItIsFull(clients, "/topic/chat/full", "/app/chat/full/say");
            assertReceiptTellsThatItIsFull(clients, "/topic/notices", "/app/notices");
        }
    }

    private static void assertReceiptTellsThatItIsFull(Clients clients, String topic, String bean)
            throws InterruptedException {
        leaveDurable(clients, topic);
        assertThat(fill(clients, "user1", topic)).contains("message:destination full");
        // What is left has no room for 60 KiB, but for something small.
        fill(clients, "user2", topic, 1_000, "y".repeat(500));
        fill(clients, "user2", topic, 1_000, "y");

        RawClient page = Clients.subscribed(clients.connectAs("user2"), "/user/queue/errors");
        page.send("SEND\ndestination:" + bean + "\nreceipt:r\ncontent-type:application/json\n\n{\"text\":\"hello\"}\0");
        List<String> answers = List.of(page.next(), page.next());
        assertThat(answers)
                .anyMatch(answer -> answer.startsWith("MESSAGE\n")
                        && answer.contains("{\"problem\":\"not published\",\"details\":["));
        assertThat(answers).anyMatch(answer -> answer.equals("RECEIPT\nreceipt-id:r\nproblem:not published\n\n"));
    }

    private static void leaveDurable(Clients clients, String topic) throws InterruptedException {
        RawClient client = clients.connect();
        client.send(durableSubscribe(topic));
        assertThat(client.next()).startsWith("RECEIPT");
        client.close();
    }

    private static String durableSubscribe(String topic) {
        return "SUBSCRIBE\nid:s\nack:client\ndestination:" + topic + "\ndurable:true\nname:of" + topic.replace('/', '-')
                + "\nreceipt:s\n\n\0";
    }

    private ServerProcess.Builder server() throws IOException {
        return server(data);
    }

    /** With room for 8 MiB in all, and 1 MiB in a destination: the defaults are 256 and 32. */
    private static ServerProcess.Builder server(Path data) throws IOException {
        Path settings = data.resolve("mq/instances/stompline/props/config.properties");
        if (Files.notExists(settings)) {
            Files.createDirectories(settings.getParent());
            Files.writeString(settings, """
                    imq.system.max_size=8m
                    imq.autocreate.destination.maxTotalMsgBytes=1m
                    """);
        }
        return ServerProcess.demo()
                .data(data)
                .with("stompline.queue.max-bytes-per-user", Integer.toString(4 << 20))
                .with("stompline.durable.max-per-user", "2")
                .with("stompline.metrics.role", "admin");
    }

    /** A page of user2 sees what others send, and what a bean tells it. */
    private static void assertLiveTopicAndNoticeWork(Clients clients) throws InterruptedException {
        RawClient page = Clients.subscribed(clients.connectAs("user2"), "/topic/live");
        Clients.send(clients.connectAs("admin"), "/topic/live", "hello");
        assertThat(page.next()).endsWith("hello");
        RawClient told = Clients.subscribed(clients.connectAs("user2"), "/user/queue/notices");
        Clients.send(clients.connectAs("admin"), NOTICE, "{\"to\":\"user2\",\"text\":\"wake up\"}");
        assertThat(told.next()).contains("wake up");
    }

    /** Sends to a queue until an ERROR comes, and gives that. */
    private static String fill(Clients clients, String user, String queue) throws InterruptedException {
        return fill(clients, user, queue, 1_000, BODY);
    }

    /** Sends to as many queues as it takes until the ERROR is not the queue's. */
    private static String fillSeveral(Clients clients, String user) throws InterruptedException {
        String error = "";
        for (int i = 0; i < 20 && !error.contains("stompline."); i++) {
            error = fill(clients, user, "/queue/" + user + i);
        }
        return error;
    }

    /** Sends so often to a destination unless an ERROR comes, and gives that. */
    private static String fill(Clients clients, String user, String destination, int times, String body)
            throws InterruptedException {
        try (RawClient client = clients.connectAs(user)) {
            for (int i = 0; i < times; i++) {
                client.send("SEND\ndestination:" + destination + "\nreceipt:r\n\n" + body + "\0");
                String answer = client.next();
                if (!answer.startsWith("RECEIPT")) {
                    return answer;
                }
            }
        }
        return "";
    }

    private static void subscribeDurable(RawClient client, String name) throws InterruptedException {
        assertThat(durable(client, name)).startsWith("RECEIPT");
    }

    private static String durable(RawClient client, String name) throws InterruptedException {
        client.send("SUBSCRIBE\nid:" + name + "\nack:client\ndestination:/topic/d\ndurable:true\nname:" + name
                + "\nreceipt:s\n\n\0");
        return client.next();
    }

    private static HttpResponse<String> ready(ServerProcess server) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(server.uri("/health/ready")).build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
