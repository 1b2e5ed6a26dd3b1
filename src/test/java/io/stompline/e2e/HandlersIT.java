package io.stompline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompline.application.ApplicationWar;
import io.stompline.application.Chat;
import io.stompline.application.Mistakes;
import io.stompline.e2e.support.RawClient;
import io.stompline.server.Server;
import io.stompline.server.ServerProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Beans of an application handle what browsers send and answer their subscriptions. */
@Tag(Server.ANY)
class HandlersIT {
    private static Server server;

    @BeforeAll
    static void start() {
        server = Server.application(ApplicationWar.write(ApplicationWar.of(Chat.class)))
                .with("stompline.handler-timeout", "2000")
                // One test fills a topic.
                .with("stompline.durable.max-bytes", "0")
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void handler_result_isPublished() throws Exception {
        try (RawClient ann = connected("ann")) {
            subscribe(ann, "/topic/chat/tea");
            ann.send(
                    "SEND\ndestination:/app/chat/tea/say\ncorrelation-id:7\n\n{\"text\":\"hello\",\"on\":\"2030-01-02\"}\0");
            assertThat(ann.next())
                    .contains("correlation-id:7\n", "content-type:application/json\n")
                    .endsWith("{\"room\":\"tea\",\"by\":\"ann\",\"line\":{\"text\":\"hello\",\"on\":\"2030-01-02\"}}");
        }
    }

    @Test
    void handler_result_repliesToTheSender() throws Exception {
        assertThat(ask("/app/add/3/4", "")).endsWith("\n\n7");
        assertThat(ask("/app/chat/lobby/say", "hi")).endsWith("lobby hi none");
        assertThat(ask("/app/desk", "1234")).endsWith("4 octets from ann");
        try (RawClient ann = connected("ann")) {
            ann.send("SEND\ndestination:/app/add/1/1\nreply-to:/temp-queue/mine\ncorrelation-id:c\nreceipt:r\n\n\0");
            assertThat(ann.next() + ann.next())
                    .contains("subscription:/temp-queue/mine\n", "correlation-id:c\n", "\n\n2", "receipt-id:r\n");
        }
    }

    @Test
    void caller_inEveryKindOfBean_isKnown() throws Exception {
        assertThat(ask("/app/who", "")).endsWith("ann ann ann false ann 1");
        assertThat(askAs("boss", "/app/who", "")).endsWith("boss boss boss true boss 1");
        assertThat(askAs("boss", "/app/secret", "")).endsWith("secret");
        assertThat(askAs("boss", "/app/managers", "")).endsWith("managers");
        assertThat(askAs("boss", "/app/desk/managers", "")).endsWith("desk");
    }

    @Test
    void transaction_leftOpenByAHandler_isRolledBack() throws Exception {
        try (RawClient ann = connected("ann")) {
            ann.send("SUBSCRIBE\nid:r\ndestination:/user/queue/replies\n\n\0");
            // More than there are threads.
            for (int i = 0; i < 70; i++) {
                ann.send("SEND\ndestination:/app/forget\n\n\0");
                assertThat(body(ann.send("SEND\ndestination:/app/status\n\n\0").next()))
                        .isEqualTo("false");
            }
        }
    }

    @Test
    void requestScope_ofAnotherCall_isNotShared() throws Exception {
        try (RawClient ann = connected("ann");
                RawClient bob = connected("bob")) {
            for (RawClient client : List.of(ann, bob)) {
                client.send("SUBSCRIBE\nid:r\ndestination:/user/queue/replies\n\n\0");
            }
            for (int i = 0; i < 10; i++) {
                ann.send("SEND\ndestination:/app/meet\n\n\0");
                bob.send("SEND\ndestination:/app/meet\n\n\0");
                assertThat(body(ann.next()) + body(bob.next())).isEqualTo("11");
            }
            // More than there are threads.
            for (int i = 0; i < 150; i++) {
                assertThat(ann.send("SEND\ndestination:/app/who\n\n\0").next()).endsWith("ann ann ann false ann 1");
            }
        }
    }

    @Test
    void jndi_namesOfTheApplication_areKnownOnEveryThread() throws Exception {
        int together = Integer.parseInt(body(ask("/app/together", "")));
        List<RawClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < together; i++) {
                clients.add(connected("ann").send("SUBSCRIBE\nid:r\ndestination:/user/queue/replies\n\n\0"));
            }
            clients.forEach(client -> client.send("SEND\ndestination:/app/names\n\n\0"));
            for (RawClient client : clients) {
                assertThat(client.next()).endsWith("\n\nnamed");
            }
        } finally {
            clients.forEach(RawClient::close);
        }
    }

    @Test
    void problem_failure_isToldWithoutInternals() throws Exception {
        assertThat(ask("/app/chat/tea/say", "{\"text\":\" \"}"))
                .endsWith("{\"problem\":\"invalid payload\",\"details\":[\"text must not be blank\"]}");
        assertThat(ask("/app/chat/tea/say", "{\"txet\":\"a\"}"))
                .endsWith("\"details\":[\"text must not be blank\",\"the body has txet, which Line does not have\"]}");
        assertThat(ask("/app/chat/tea/say", "")).contains("the body is empty; Line as JSON is needed");
        assertThat(ask("/app/chat/tea/say", "no json"))
                .endsWith("{\"problem\":\"invalid payload\",\"details\":[\"the body must be JSON\"]}");
        assertThat(ask("/app/chat/tea/say", "{\"on\":\"x\"}")).contains("look at on");
        assertThat(ask("/app/add/3/-4", "")).contains("must be greater than 0");
        assertThat(ask("/app/add/3/x", "")).contains("the variable b does not fit");
        for (String forbidden : List.of("/app/secret", "/app/managers", "/app/desk/managers")) {
            assertThat(ask(forbidden, "")).endsWith("{\"problem\":\"not allowed\",\"details\":[]}");
        }
        assertThat(ask("/app/closed", "")).endsWith("{\"closed\":true}");
        assertThat(ask("/app/broken", "")).endsWith("{\"problem\":\"internal error\",\"details\":[]}");
    }

    @Test
    void publish_tooLarge_isAProblemForTheSenderAndDisturbsNobody() throws Exception {
        String problem = "{\"problem\":\"not published\",\"details\":[\"the body has 2500000 octets,"
                + " at most 2097152 are allowed (stompline.jms.max-body-bytes)\"]}";
        try (RawClient bob = connected("bob")) {
            subscribe(bob, "/topic/neighbours");
            assertThat(ask("/app/octets/2500000", "")).endsWith(problem);
            assertThat(ask("/app/octets-to-all/2500000", "")).endsWith(problem);
            bob.send("SEND\ndestination:/topic/neighbours\n\nundisturbed\0");
            assertThat(bob.next()).endsWith("\n\nundisturbed");
        }
    }

    @Test
    void exceptionMapper_failing_isAnInternalError() throws Exception {
        for (String how : List.of("fails", "nothing", "self")) {
            assertThat(ask("/app/burnt/" + how, "")).endsWith("{\"problem\":\"internal error\",\"details\":[]}");
        }
    }

    @Test
    void handler_inheritedOrOverridden_isCalled() throws Exception {
        assertThat(ask("/app/doors", "")).endsWith("\n\n1");
        assertThat(ask("/app/windows", "")).endsWith("\n\n4");
    }

    @Test
    void exceptionMapper_dependent_endsWithTheCall() throws Exception {
        assertThat(ask("/app/full", "")).endsWith("{\"ended\":0}");
        assertThat(ask("/app/full", "")).endsWith("{\"ended\":1}");
    }

    @Test
    void transaction_ofAHandler_coversItsPublications() throws Exception {
        try (RawClient ann = connected("ann")) {
            subscribe(ann, "/topic/rollback");
            ann.send("SEND\ndestination:/app/rollback\n\n\0SEND\ndestination:/app/commit\n\n\0");
            assertThat(ann.next()).endsWith("committed");
        }
    }

    @Test
    void onSubscribe_result_answersTheSubscription() throws Exception {
        try (RawClient ann = connected("ann")) {
            ann.send("SUBSCRIBE\nid:1\ndestination:/app/version/stompline\nreceipt:r\n\n\0");
            assertThat(ann.next()).contains("receipt-id:r");
            assertThat(ann.next())
                    .contains("subscription:1\n", "snapshot:true\n")
                    .endsWith("stompline 1.0");
            ann.send("SUBSCRIBE\nid:2\ndestination:/topic/managers\n\n\0");
            assertThat(ann.next())
                    .startsWith("ERROR\nmessage:refused by the application\n")
                    .contains("\n\nnot allowed\n");
        }
    }

    @Test
    void send_unknownAppDestination_isAProblemAndTheConnectionStays() throws Exception {
        try (RawClient ann = connected("ann")) {
            ann.send("SUBSCRIBE\nid:e\ndestination:/user/queue/errors\n\n\0");
            ann.send("SEND\ndestination:/app/nobody\ncorrelation-id:7\n\n\0");
            assertThat(ann.next())
                    .contains("correlation-id:7\n")
                    .endsWith(
                            "{\"problem\":\"unknown destination\",\"details\":[\"nothing here handles /app/nobody\"]}");
            ann.send("SEND\ndestination:/topic/nobody\nreceipt:1\n\n\0");
            assertThat(ann.next()).contains("receipt-id:1\n");
        }
    }

    @Test
    void receipt_ofAnUnknownAppDestination_saysSo() throws Exception {
        try (RawClient ann = connected("ann")) {
            ann.send("SEND\ndestination:/app/nobody\nreceipt:r\n\n\0");
            assertThat(ann.next()).isEqualTo("RECEIPT\nreceipt-id:r\nproblem:unknown destination\n\n");
            ann.send("BEGIN\ntransaction:t\n\n\0SEND\ndestination:/app/nobody\ntransaction:t\n\n\0");
            ann.send("COMMIT\ntransaction:t\nreceipt:c\n\n\0");
            assertThat(ann.next()).isEqualTo("RECEIPT\nreceipt-id:c\nproblem:unknown destination\n\n");
        }
    }

    @Test
    void handler_promisedResult_isAwaitedAndUnwrapped() throws Exception {
        assertThat(ask("/app/later/soon", ""))
                .contains("content-type:text/plain")
                .endsWith("\n\nsoon");
        assertThat(ask("/app/later/closed", "")).endsWith("{\"closed\":true}");
        assertThat(ask("/app/maybe", "there"))
                .contains("content-type:text/plain")
                .endsWith("\n\nthere");
        try (RawClient ann = connected("ann")) {
            ann.send("SUBSCRIBE\nid:1\ndestination:/app/later/soon\n\n\0");
            assertThat(ann.next()).contains("snapshot:true\n").endsWith("\n\nsoon");
            ann.send("SUBSCRIBE\nid:2\ndestination:/app/later/never\n\n\0");
            assertThat(ann.next()).startsWith("ERROR\n").contains("\n\ntimed out\n");
        }
    }

    @Test
    void handler_promisedResultThatNeverComes_isGivenUp() throws Exception {
        List<RawClient> waiting = new ArrayList<>();
        try {
            for (int i = 0; i < 20; i++) {
                RawClient client = connected("ann").send("SUBSCRIBE\nid:e\ndestination:/user/queue/errors\n\n\0");
                waiting.add(client.send("SEND\ndestination:/app/later/never\n\n\0"));
            }
            assertThat(ask("/app/add/3/4", "")).endsWith("\n\n7");
            for (RawClient client : waiting) {
                assertThat(client.next()).endsWith("{\"problem\":\"timed out\",\"details\":[]}");
            }
        } finally {
            waiting.forEach(RawClient::close);
        }
    }

    @Test
    void handlers_ofOneUserOnMoreConnectionsThanThreads_letOthersGoOn() throws Exception {
        List<RawClient> waiting = new ArrayList<>();
        try (RawClient bob = connected("bob")) {
            for (int i = 0; i < 70; i++) {
                waiting.add(connected("ann").send("SUBSCRIBE\nid:e\ndestination:/user/queue/errors\n\n\0"));
            }
            subscribe(bob, "/topic/neighbours");
            for (RawClient client : waiting) {
                client.send("SEND\ndestination:/app/later/never\n\n\0");
            }
            bob.send("SEND\ndestination:/topic/neighbours\n\nhello\0");
            assertThat(bob.next()).endsWith("\n\nhello");
            for (RawClient client : waiting) {
                assertThat(client.next()).endsWith("{\"problem\":\"timed out\",\"details\":[]}");
            }
        } finally {
            waiting.forEach(RawClient::close);
        }
    }

    @Test
    void headers_areConvertedLikeVariables() throws Exception {
        assertThat(ask("/app/headers\nn:20\non:2030-01-03", "")).endsWith("\n\n23");
        assertThat(ask("/app/headers\nn:20", "")).endsWith("\n\n20");
        assertThat(ask("/app/headers\nn:x", "")).contains("the header n does not fit");
        assertThat(ask("/app/headers", "")).contains("the header n is needed here");
    }

    @Test
    void onSubscribe_snapshot_precedesEveryLaterChangeOnce() throws Exception {
        AtomicBoolean going = new AtomicBoolean(true);
        try (RawClient publisher = connected("ann")) {
            CompletableFuture<Void> counting = CompletableFuture.runAsync(() -> {
                for (int i = 0; going.get(); i++) {
                    publisher.send("SEND\ndestination:/app/count\nreceipt:" + i + "\n\n\0");
                    next(publisher);
                }
            });
            for (int round = 0; round < 30; round++) {
                try (RawClient subscriber = connected("bob")) {
                    subscriber.send("SUBSCRIBE\nid:c\ndestination:/topic/count\n\n\0");
                    List<Integer> seen = new ArrayList<>();
                    for (int i = 0; i < 20; i++) {
                        String message = subscriber.next();
                        assertThat(message.contains("snapshot:true\n")).isEqualTo(i == 0);
                        seen.add(Integer.valueOf(body(message)));
                    }
                    for (int i = 1; i < seen.size(); i++) {
                        assertThat(seen.get(i))
                                .as("after the snapshot %s", seen)
                                .isEqualTo(seen.get(0) + i);
                    }
                }
            }
            going.set(false);
            counting.join();
        }
    }

    @Test
    void handler_mistake_stopsTheDeploymentAndNamesTheMethod() {
        List<String> log = new CopyOnWriteArrayList<>();
        assertThatThrownBy(() -> ServerProcess.product()
                        .war(ApplicationWar.write(ApplicationWar.of(Mistakes.class)))
                        .onLogLine(log::add)
                        .start()
                        .close())
                .hasMessageContaining("ended before it was ready");
        assertThat(String.join("\n", log))
                .contains("Mistakes$Unknown.unknown has a parameter for a variable {nothing}")
                .contains("both handle /app/twice/")
                .contains("both handle /app/shared");
    }

    @Test
    void receipt_whatIsPublishedAfterTheCommitIsNotTaken_saysSo() throws Exception {
        try (RawClient ann = connected("ann")) {
            ann.send(
                    "SUBSCRIBE\nid:d\nack:client\ndestination:/topic/after-commit\ndurable:true\nname:d\nreceipt:s\n\n\0");
            assertThat(ann.next()).contains("receipt-id:s");
        }
        String receipt = "RECEIPT\nreceipt-id:r\n\n";
        assertThat(ask("/app/after-commit\nreceipt:r", "x")).isEqualTo(receipt);
        // More than a destination takes: 32 MiB.
        String large = "x".repeat(60 * 1024);
        try (RawClient ann = connected("ann")) {
            for (int i = 0; i < 600 && receipt.equals("RECEIPT\nreceipt-id:r\n\n"); i++) {
                receipt = ann.send("SEND\ndestination:/app/after-commit\nreceipt:r\n\n" + large + "\0")
                        .next();
            }
        }
        assertThat(receipt).isEqualTo("RECEIPT\nreceipt-id:r\nproblem:not published\n\n");
    }

    private static String ask(String destination, String body) throws InterruptedException {
        return askAs("ann", destination, body);
    }

    /** The reply, or the problem. */
    private static String askAs(String user, String destination, String body) throws InterruptedException {
        try (RawClient client = connected(user)) {
            client.send("SUBSCRIBE\nid:r\ndestination:/user/queue/replies\n\n\0");
            client.send("SUBSCRIBE\nid:e\ndestination:/user/queue/errors\n\n\0");
            return client.send("SEND\ndestination:" + destination + "\n\n" + body + "\0")
                    .next();
        }
    }

    private static void subscribe(RawClient client, String destination) throws InterruptedException {
        client.send("SUBSCRIBE\nid:s\ndestination:" + destination + "\nreceipt:s\n\n\0");
        assertThat(client.next()).isEqualTo("RECEIPT\nreceipt-id:s\n\n");
    }

    private static RawClient connected(String user) throws InterruptedException {
        RawClient client = RawClient.open(server.stompUri())
                .send("CONNECT\naccept-version:1.2\nhost:h\nlogin:" + user + "\npasscode:" + user + "\n\n\0");
        assertThat(client.next()).startsWith("CONNECTED\n");
        return client;
    }

    private static String next(RawClient client) {
        try {
            return client.next();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String body(String message) {
        return message.substring(message.indexOf("\n\n") + 2);
    }
}
