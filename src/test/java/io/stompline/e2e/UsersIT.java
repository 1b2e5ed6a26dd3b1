package io.stompline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompline.e2e.support.RawClient;
import io.stompline.e2e.support.ReceivedFrame;
import io.stompline.server.ServerProcess;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users of a file, made by the command line, log in to the WAR that has no identity store. */
class UsersIT {
    private static final String RULES = """
            allow role:readers  subscribe  /topic/news
            allow role:writers  send       /topic/news
            """;

    @TempDir
    private static Path directory;

    private static Path users;
    private static ServerProcess server;

    @BeforeAll
    static void start() throws Exception {
        Path rules = Files.writeString(directory.resolve("stompline.rules"), RULES);
        users = Files.createFile(
                directory.resolve("users"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(users, line("ann", "ann's", "writers,readers") + line("bob", "bob's"));
        server = ServerProcess.product()
                .with("stompline.users.file", users.toString())
                .with("stompline.rules.file", rules.toString())
                .with("stompline.metrics.role", "writers")
                .with("stompline.login.max-failures", "3")
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void login_userOfTheFile_hasTheRolesThatRulesName() throws Exception {
        try (RawClient ann = connected("ann", "ann's");
                RawClient bob = connected("bob", "bob's")) {
            ann.send("SUBSCRIBE\nid:s\ndestination:/topic/news\nreceipt:r\n\n\0");
            assertThat(ReceivedFrame.next(ann).header("receipt-id")).isEqualTo("r");
            ann.send("SEND\ndestination:/topic/news\n\ngoal\0");
            assertThat(ReceivedFrame.next(ann).body()).isEqualTo("goal");
            bob.send("SEND\ndestination:/topic/news\n\ngoal\0");
            assertThat(ReceivedFrame.next(bob).body()).contains("no rule allows this user to");
        }
    }

    @Test
    void login_wrongPasscodeAndUnknownName_areToldApartByNobody() throws Exception {
        try (RawClient wrong = connect("bob", "guess");
                RawClient unknown = connect("carl", "guess")) {
            String refused = wrong.next();
            assertThat(refused).startsWith("ERROR\nmessage:access refused\n").contains("did not accept the login");
            assertThat(unknown.next()).isEqualTo(refused);
        }
    }

    @Test
    void login_guesses_areLimited() throws Exception {
        for (int guess = 0; guess < 3; guess++) {
            try (RawClient client = connect("eve", "guess" + guess)) {
                assertThat(client.next()).startsWith("ERROR\n");
            }
        }
        try (RawClient client = connect("eve", "guess")) {
            assertThat(client.next()).contains("stompline.login.max-failures");
        }
    }

    @Test
    void metrics_roleOfTheFile_opensThem() throws Exception {
        assertThat(metrics("ann:ann's")).isEqualTo(200);
        assertThat(metrics("bob:bob's")).isEqualTo(403);
        assertThat(metrics("ann:bob's")).isEqualTo(401);
    }

    @Test
    void change_newUser_logsInWithoutARestart() throws Exception {
        Files.writeString(users, Files.readString(users) + line("dora", "dora's"));
        connected("dora", "dora's").close();
    }

    @Test
    void start_log_saysHowManyAndNotThatNobodyCanLogIn() {
        assertThat(server.log())
                .anyMatch(line -> line.endsWith("Users of " + users + ": 2"))
                .noneMatch(line -> line.contains("nobody can log in") || line.contains("can read the hashes"));
    }

    @Tag("long")
    @Test
    void start_faultyFile_isNamedWithLine() throws Exception {
        Path faulty = Files.writeString(directory.resolve("faulty"), line("ann", "ann's") + "bob:letmein:\n");
        assertThatThrownBy(() -> ServerProcess.product()
                        .with("stompline.users.file", faulty.toString())
                        .start()
                        .close())
                .hasMessageContaining(faulty + ":2: the hash must begin with $pbkdf2-sha512$v=1$")
                .message()
                .doesNotContain("letmein");
    }

    /** What {@code java -jar stompline-server.jar hash} prints. */
    private static String line(String name, String passcode, String... roles) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                Path.of(System.getProperty("stompline.server.dir", "target/server"))
                        .resolve("stompline-server.jar")
                        .toString(),
                "hash",
                name));
        command.addAll(Arrays.asList(roles));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var input = process.getOutputStream()) {
            input.write((passcode + "\n").getBytes(StandardCharsets.UTF_8));
        }
        String line = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return line;
    }

    private static int metrics(String credentials) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.uri("/metrics"))
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static RawClient connect(String login, String passcode) {
        return RawClient.open(server.stompUri())
                .send("CONNECT\naccept-version:1.2\nhost:h\nlogin:" + login + "\npasscode:" + passcode + "\n\n\0");
    }

    private static RawClient connected(String login, String passcode) throws InterruptedException {
        RawClient client = connect(login, passcode);
        assertThat(client.next()).startsWith("CONNECTED\n").contains("user-name:" + login + "\n");
        return client;
    }
}
