package io.stompline.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stompline.tls.TestCertificate;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the port answers from the start of the process on, until the application is there. */
class StartingServerIT {
    private static final String GET = "GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    private static final String HANDSHAKE = """
            GET /stomp HTTP/1.1
            Host: localhost
            Connection: Upgrade
            Upgrade: websocket
            Sec-WebSocket-Version: 13
            Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==

            """.replace("\n", "\r\n");
    private static final String WARNING = "requests that came while the server started";
    private static final Duration LIMIT = Duration.ofMinutes(3);

    @TempDir
    private Path directory;

    /** The head of an answer. */
    private record Answer(String status, List<String> headers) {
        boolean saysWhenToRetry() {
            return headers.contains("Retry-After: 2");
        }
    }

    /** Requests for one thing. */
    private static final class Series {
        private final String request;
        private final String last;
        private final List<Answer> answers = new ArrayList<>();

        Series(String request, String last) {
            this.request = request;
            this.last = last;
        }

        boolean isOver() {
            return !answers.isEmpty()
                    && answers.get(answers.size() - 1).status().equals(last);
        }

        void ask(int port) {
            answer(port, request).ifPresent(answers::add);
        }

        /** Without repetitions. */
        List<String> statuses() {
            List<String> statuses = new ArrayList<>();
            for (Answer answer : answers) {
                if (statuses.isEmpty() || !statuses.get(statuses.size() - 1).equals(answer.status())) {
                    statuses.add(answer.status());
                }
            }
            return statuses;
        }
    }

    @Test
    void start_requestsBeforeReady_get503AndRetryAfter() {
        Map<String, Series> asked = new LinkedHashMap<>();
        asked.put("page", new Series(GET.formatted("/"), "200"));
        asked.put("endpoint", new Series(HANDSHAKE, "101"));
        asked.put("liveness", new Series(GET.formatted("/health/live"), "200"));
        asked.put("readiness", new Series(GET.formatted("/health/ready"), "200"));
        try (ServerProcess server = ServerProcess.demo().launch()) {
            await().atMost(LIMIT).pollInterval(Duration.ofMillis(100)).until(() -> {
                asked.values().forEach(series -> series.ask(server.port()));
                return asked.values().stream().allMatch(Series::isOver) || !server.isAlive();
            });
            asked.forEach(
                    (what, series) -> assertThat(series.statuses()).as(what).containsExactly("503", series.last));
            // Readiness has a 503 of its own: the message broker is not reached yet.
            asked.remove("readiness");
            asked.values()
                    .forEach(series -> assertThat(series.answers)
                            .allMatch(answer ->
                                    answer.saysWhenToRetry() == answer.status().equals("503")));
            assertThat(server.log()).noneMatch(line -> line.contains(WARNING));
        }
    }

    @Tag("long")
    @Test
    void start_listenersWithoutTheAddOn_warnsAndStarts() throws IOException {
        try (ServerProcess server =
                ServerProcess.product().domainConfig(withoutTheAddOn()).start()) {
            assertThat(answer(server.port(), GET.formatted("/")).orElseThrow().status())
                    .isEqualTo("200");
            assertThat(server.log()).anyMatch(line -> line.contains("WARNING") && line.contains(WARNING));
        }
    }

    /** Payara would speak TLS with a certificate whose key everybody has. */
    @Tag("long")
    @Test
    void start_tlsWithoutTheAddOn_ends() throws Exception {
        TestCertificate certificate = TestCertificate.make(directory, "server", TestCertificate.EC);
        ServerProcess server = ServerProcess.product()
                .domainConfig(withoutTheAddOn())
                .with("stompline.tls.certificate", certificate.crt().toString())
                .with("stompline.tls.key", certificate.keyFile().toString())
                .launch();
        assertThat(server.waitFor()).isEqualTo(1);
        assertThat(server.log())
                .contains("The port does not speak TLS with the certificate of this server.")
                .doesNotContain(Start.READY);
    }

    private Path withoutTheAddOn() throws IOException {
        Path configuration = directory.resolve("domain.xml");
        try (FileSystem jar = FileSystems.newFileSystem(Path.of("target/server/payara-micro.jar"))) {
            Files.writeString(
                    configuration,
                    Files.readString(jar.getPath("MICRO-INF/domain/domain.xml"))
                            .replace("comet-support-enabled=\"true\"", "comet-support-enabled=\"false\""));
        }
        return configuration;
    }

    /** Empty if the server does not listen yet. */
    private static Optional<Answer> answer(int port, String request) {
        try (Socket socket = new Socket("localhost", port);
                BufferedReader head =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String status = head.readLine().split(" ", 3)[1];
            List<String> headers = new ArrayList<>();
            for (String line = head.readLine(); !line.isEmpty(); line = head.readLine()) {
                headers.add(line);
            }
            return Optional.of(new Answer(status, headers));
        } catch (ConnectException notYet) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
