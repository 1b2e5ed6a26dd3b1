package io.stompline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompline.e2e.support.Clients;
import io.stompline.e2e.support.RawClient;
import io.stompline.e2e.support.ReceivedFrame;
import io.stompline.server.ServerProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file of access rules, over WebSockets. */
class RulesIT {
    private static final String RULES = """
            allow everyone   subscribe               /topic/news/**
            allow everyone   subscribe,send,durable  /topic/accounts/{user}/**
            allow user:user1 send                    /topic/news/{any}
            allow everyone   send                    /queue/answers
            deny  everyone   subscribe               /topic/news/secret
            """;

    @TempDir
    private static Path directory;

    private static ServerProcess server;
    private static Clients clients;

    @BeforeAll
    static void start() throws IOException {
        Path rules = Files.writeString(directory.resolve("stompline.rules"), RULES);
        server = ServerProcess.demo()
                .with("stompline.rules.file", rules.toString())
                .start();
        clients = new Clients(server.stompUri());
    }

    @AfterAll
    static void stop() {
        clients.close();
        server.close();
    }

    @Test
    void rules_start_areShownInTheLog() {
        assertThat(server.log())
                .contains("  deny everyone subscribe /topic/news/secret")
                .noneMatch(line -> line.contains("There are no access rules"));
    }

    @Test
    void rules_allowed_messageArrives() throws Exception {
        RawClient reader = Clients.subscribed(clients.connectAs("user2"), "/topic/news/sport");
        Clients.send(clients.connectAs("user1"), "/topic/news/sport", "goal");
        assertThat(ReceivedFrame.next(reader).body()).isEqualTo("goal");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SEND\ndestination:/topic/news/sport\n\nx\0",
                "SEND\ndestination:/topic/accounts/user1/x\n\nx\0",
                "SEND\ndestination:/queue/other\n\nx\0",
                "SEND\ndestination:/app/board/move\n\n{}\0",
                "SEND\ndestination:/queue/answers\nreply-to:/queue/other\n\nx\0",
                "BEGIN\ntransaction:t\n\n\0SEND\ndestination:/queue/other\ntransaction:t\n\nx\0",
                "SUBSCRIBE\nid:s\ndestination:/topic/other\n\n\0",
                "SUBSCRIBE\nid:s\ndestination:/topic/news/secret\n\n\0",
                "SUBSCRIBE\nid:s\ndestination:/topic/news/**\n\n\0",
                "SUBSCRIBE\nid:s\ndestination:/topic/accounts/user1/x\n\n\0",
                "SUBSCRIBE\nid:s\ndestination:/topic/accounts/*/x\n\n\0",
                "SUBSCRIBE\nid:s\ndestination:/queue/answers\n\n\0",
                "SUBSCRIBE\nid:s\ndestination:/user/queue/x\n\n\0",
                "SUBSCRIBE\nid:s\ndestination:/topic/news/sport\ndurable:true\nname:n\n\n\0",
            })
    void rules_notAllowed_isAnErrorAndTheEnd(String frames) throws Exception {
        RawClient client = clients.connectAs("user2", "client-id:rules\n");
        client.send(frames);
        ReceivedFrame error = ReceivedFrame.next(client);
        assertThat(error.command()).isEqualTo("ERROR");
        assertThat(error.body()).contains("no rule allows this user to");
    }

    @Test
    void rules_replyToTemporaryQueue_needsNone() throws Exception {
        RawClient asker = clients.connectAs("user2");
        asker.send("SEND\ndestination:/queue/answers\nreply-to:/temp-queue/answers\nreceipt:r\n\nx\0");
        assertThat(ReceivedFrame.next(asker).command()).isEqualTo("RECEIPT");
    }

    @Tag("long")
    @Test
    void denied_message_tellsAndTheConnectionStays() throws Exception {
        try (ServerProcess telling = ServerProcess.demo()
                        .with("stompline.rules.file", errorsToo().toString())
                        .with("stompline.denied", "message")
                        .start();
                Clients clients = new Clients(telling.stompUri())) {
            RawClient client = Clients.subscribed(clients.connectAs("user2"), "/user/queue/errors");
            client.send("SUBSCRIBE\nid:x\ndestination:/topic/other\nreceipt:r\ncorrelation-id:7\n\n\0");
            ReceivedFrame told = ReceivedFrame.next(client);
            assertThat(told.command()).isEqualTo("MESSAGE");
            assertThat(told.header("correlation-id")).isEqualTo("7");
            assertThat(told.body()).startsWith("{\"problem\":\"not allowed\",\"details\":[\"/topic/other: no rule");
            client.send("UNSUBSCRIBE\nid:x\nreceipt:u\n\n\0");
            assertThat(ReceivedFrame.next(client).header("receipt-id")).isEqualTo("u");
        }
    }

    private static Path errorsToo() throws IOException {
        return Files.writeString(directory.resolve("errors.rules"), "allow everyone subscribe /user/queue/errors\n");
    }

    @Test
    void rules_faultyFile_stopsTheStartAndIsNamed() throws IOException {
        Path faulty = Files.writeString(directory.resolve("faulty.rules"), "allow everyone send /topic/a\nallow all\n");
        assertThatThrownBy(() -> ServerProcess.product()
                        .with("stompline.rules.file", faulty.toString())
                        .start()
                        .close())
                .hasMessageContaining(faulty + ":2: a rule is: allow|deny WHO DEED[,DEED] DESTINATION [if CHECK]");
    }

    @Test
    void checkRules_commandLine_endsWithItsStatus() throws Exception {
        Path server = Path.of(System.getProperty("stompline.server.dir", "target/server"))
                .toAbsolutePath();
        Path good = directory.resolve("stompline.rules");
        Path bad = Files.writeString(directory.resolve("bad.rules"), "deny everyone read /topic/a\n");
        assertThat(check(server, good)).startsWith("0 allow everyone subscribe /topic/news/**\n");
        assertThat(check(server, bad)).startsWith("1 " + bad + ":1: \"read\" must be send, subscribe,");
    }

    private static String check(Path server, Path rules) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        server.resolve("stompline-server.jar").toString(),
                        "check-rules",
                        rules.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() + " " + output;
    }
}
