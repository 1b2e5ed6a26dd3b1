package io.stompline.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stompline.application.ApplicationWar;
import io.stompline.e2e.support.Chapter;
import io.stompline.e2e.support.RawClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Payara Micro as it comes, with the command of the guide. */
@Tag("long")
class PayaraMicroIT {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Path SERVER =
            Path.of(System.getProperty("stompline.server.dir", "target/server")).toAbsolutePath();

    @TempDir
    private Path directory;

    @Test
    void payaraMicro_commandOfTheGuide_takesTheWarAndReachesTheBroker() throws Exception {
        int port = FreePorts.next();
        Path log = directory.resolve("log");
        try (BrokerProcess broker = BrokerProcess.start()) {
            Process server = new ProcessBuilder("sh", "-c", command(broker, port))
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            try {
                await("the server, see " + log)
                        .atMost(LIMIT)
                        .failFast("the server ended", () -> !server.isAlive())
                        .until(() -> isThere(port, "/stompline/guide.html") && isThere(port, "/health/ready"));
                // The WAR has no users.
                try (RawClient client = RawClient.open(URI.create("ws://localhost:" + port + "/stompline/stomp"))) {
                    client.send("CONNECT\naccept-version:1.2\nhost:localhost\nlogin:ann\npasscode:ann\n\n\0");
                    assertThat(client.next()).startsWith("ERROR\nmessage:access refused\n");
                }
            } finally {
                server.destroy();
                assertThat(server.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
            }
            assertThat(Files.readString(log)).doesNotContain("SEVERE");
        }
    }

    private static boolean isThere(int port, String path) throws InterruptedException {
        URI address = URI.create("http://localhost:" + port + path);
        try {
            return HttpClient.newHttpClient()
                            .send(HttpRequest.newBuilder(address).build(), BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** As it stands, but for the places of this machine. */
    private static String command(BrokerProcess broker, int port) throws IOException {
        String command = "exec " + Chapter.named("deployment").blocks("sh").get(3);
        String password = Files.readString(broker.passwordFile());
        for (String[] place : List.of(
                new String[] {"exec java ", "exec " + Path.of(System.getProperty("java.home"), "bin", "java") + " "},
                new String[] {"…/target/server", SERVER.toString()},
                new String[] {"mq://127.0.0.1:7676/jms", broker.address()},
                new String[] {"mq\\://127.0.0.1\\:7676/jms", escaped(broker.address())},
                new String[] {"password-file=…", "password-file=" + broker.passwordFile()},
                new String[] {"adapter.password=…", "adapter.password='" + escaped(password) + "'"},
                new String[] {"payara-micro.jar", micro()},
                new String[] {"--deploy stompline.war", "--port " + port + " --deploy " + SERVER + "/stompline.war"})) {
            assertThat(command).contains(place[0]);
            command = command.replace(place[0], place[1]);
        }
        return command;
    }

    /** What asadmin would take for the end of a property. */
    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace(":", "\\:").replace("=", "\\=");
    }

    private static String micro() {
        return ApplicationWar.jarOf("fish.payara.micro.PayaraMicro").toString();
    }
}
