package io.stompline.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stompline.e2e.support.Bridge;
import io.stompline.e2e.support.Clients;
import io.stompline.e2e.support.HttpStomp;
import io.stompline.e2e.support.RawClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the assembled server promises whoever runs it, whatever application is in it. */
class ServerProcessIT {

    private static final Pattern RESTART = Pattern.compile("the server restarts; retry after \\d+ ms");

    /** For all tests. */
    @TempDir
    private static Path common;

    private static Path war;

    /** One without Stompline in its application, for tests that do not stop it. */
    private static ServerProcess running;

    @TempDir
    private Path directory;

    @BeforeAll
    static void startOne() {
        war = common.resolve("queue.war");
        ShrinkWrap.create(WebArchive.class, "queue.war")
                .addClass(QueueServlet.class)
                .addAsWebResource(new StringAsset("hello"), "index.html")
                .as(ZipExporter.class)
                .exportTo(war.toFile());
        running = start(common.resolve("data"));
    }

    @AfterAll
    static void stopIt() {
        running.close();
    }

    @Test
    void start_portsAndFiles_areReachableForTheOwnerOnly() throws Exception {
        Path data = common.resolve("data");
        assertThat(ListeningPorts.of(running.pid()))
                .as("only the HTTP port, on loopback")
                .containsExactly("0100007F:%04X".formatted(running.port()));
        for (String file : new String[] {"jms-password", "mq/instances/stompline/etc/passwd"}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve(file))))
                    .as(file)
                    .isEqualTo("rw-------");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("payara"))))
                .isEqualTo("rwx------");
        String password = Files.readString(data.resolve("jms-password")).strip();
        assertThat(password).hasSizeGreaterThan(15);
        for (String file : new String[] {"cmdline", "environ"}) {
            assertThat(Files.readString(Path.of("/proc", Long.toString(running.pid()), file), ISO_8859_1))
                    .as(file)
                    .doesNotContain(password);
        }
        assertThat(running.log()).noneMatch(line -> line.contains(password));
        HttpResponse<String> answer = get(running, "/nothing-here");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().map()).doesNotContainKeys("server", "x-powered-by");
        assertThat(answer.body()).doesNotContainIgnoringCase("payara").doesNotContainIgnoringCase("glassfish");
    }

    @Test
    void deserialization_isRefusedButForWhatTheServerNeeds() throws Exception {
        Path options = Path.of(System.getProperty("stompline.server.dir", "target/server"), "jvm.options");
        assertThat(Files.readAllLines(options))
                .anyMatch(line -> line.startsWith("-Djdk.serialFilter=maxdepth=") && line.endsWith(";!*"));
    }

    @Test
    void sbom_ofTheServer_hasWhatIsInsideOfItsArchives() throws Exception {
        JsonNode sbom = sbom();
        assertThat(sbom.path("bomFormat").asText()).isEqualTo("CycloneDX");
        assertThat(sbom.path("components").findValuesAsText("purl"))
                .doesNotHaveDuplicates()
                .anyMatch(library -> library.startsWith("pkg:maven/org.glassfish.tyrus/tyrus-server@"))
                .anyMatch(library -> library.startsWith("pkg:maven/org.glassfish.mq/imqbroker@"))
                .anyMatch(library -> library.startsWith("pkg:maven/com.fasterxml.jackson.core/jackson-databind@"))
                .anyMatch(library -> library.startsWith("pkg:npm/%40stomp/stompjs@"));
    }

    /** Tyrus' one has no limit for what it inflates, and never returns from some input. */
    @Test
    void sbom_ofTheServer_hasNoCompressionOfWebSockets() throws Exception {
        assertThat(sbom().path("components").findValuesAsText("purl"))
                .noneMatch(library -> library.contains("tyrus-extension-deflate"));
    }

    private static JsonNode sbom() throws IOException {
        Path file = Path.of(System.getProperty("stompline.server.dir", "target/server"), "server.cdx.json");
        return new ObjectMapper().readTree(file.toFile());
    }

    @Test
    void start_log_hasNoWarningsOfJavaVmAndBoot() {
        assertNoWarningsOfJavaVmAndBoot(running.log());
    }

    private static void assertNoWarningsOfJavaVmAndBoot(List<String> log) {
        assertThat(log)
                .noneMatch(line -> line.startsWith("WARNING: ") || line.startsWith("OpenJDK 64-Bit Server VM warning"))
                .noneMatch(line -> line.contains("Boot Command") && line.contains("failed"))
                .noneMatch(line -> line.contains("finalized or forced closed"));
    }

    @Test
    void metric_otherApplicationAtTheRoot_showsNothing() throws Exception {
        assertThat(get(running, "/index.html").body()).isEqualTo("hello");
        assertThat(get(running, "/metrics").statusCode()).isEqualTo(403);
        assertThat(get(running, "/health/ready").statusCode()).isEqualTo(200);
    }

    @Tag("long")
    @Test
    void crash_persistentMessage_isKept() throws Exception {
        try (ServerProcess server = start(data())) {
            post(server, "/queue", "still here");
            server.kill();
        }
        try (ServerProcess server = start(data())) {
            assertThat(get(server, "/queue").body()).isEqualTo("still here");
        }
    }

    /** When java.util.logging has closed its handlers. */
    @Test
    void stop_connectionsAndApplications_areEndedAndTold() throws Exception {
        Path file = directory.resolve("goodbye.txt");
        ServerProcess server = ServerProcess.demo()
                .beside(parting())
                .data(data())
                .with("goodbye.file", file.toString())
                .start();
        Set<Integer> answers = new TreeSet<>();
        Thread asking = new Thread(() -> ask(server.uri("/health/ready"), answers));
        CompletableFuture<String> endOfStream;
        try (Clients clients = new Clients(server.stompUri());
                server) {
            clients.connect();
            clients.connectAs("user2");
            HttpStomp stream =
                    HttpStomp.stream(server.stompUri(), HttpStomp.CONNECT, Map.of("Content-Type", "application/stomp"));
            assertThat(stream.next()).startsWith("CONNECTED\n");
            endOfStream = CompletableFuture.supplyAsync(stream::end, task -> new Thread(task).start());
            asking.start();
        }
        asking.join();
        assertThat(endOfStream.get(60, TimeUnit.SECONDS)).startsWith("{\"code\":1012,");
        assertThat(answers).contains(503).isSubsetOf(200, 503);
        assertThat(server.log())
                .anyMatch(line -> line.contains("of user1 ended after"))
                .anyMatch(line -> line.contains("of user2 ended after"))
                .filteredOn(line -> line.contains(": stopped: 3 connections told, 3 closed, 0 left, in "))
                .hasSize(1);
        assertThat(file).as("by an application, before its classes go").hasContent("goodbye");
    }

    private Path parting() {
        Path parting = directory.resolve("parting.war");
        ShrinkWrap.create(WebArchive.class, "parting.war")
                .addClasses(Goodbye.class, Goodbye.class.getDeclaredClasses()[0])
                .as(ZipExporter.class)
                .exportTo(parting.toFile());
        return parting;
    }

    /** The last of them still get what is sent when half of them are gone. */
    @Test
    void stop_connections_endOneAfterTheOther() throws Exception {
        ServerProcess server = ServerProcess.demo()
                .data(data())
                .with("stompline.stop.spread", "8000")
                .start();
        String topic = "/topic/" + Bridge.freshName();
        try (Clients clients = new Clients(server.stompUri())) {
            List<RawClient> all = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                all.add(clients.subscriber(topic));
            }
            CompletableFuture<Void> stopped = CompletableFuture.runAsync(server::close);
            await().atMost(Duration.ofSeconds(30)).until(() -> open(all).size() <= all.size() / 2);
            open(all).forEach(client -> sendIfOpen(client, topic));
            stopped.get(60, TimeUnit.SECONDS);

            List<List<String>> received =
                    all.stream().map(ServerProcessIT::rest).toList();
            assertThat(received.stream().filter(frames -> frames.stream().anyMatch(ServerProcessIT::isReceipt)))
                    .as("who was there when half of them were gone, and got a receipt")
                    .isNotEmpty()
                    .hasSizeLessThanOrEqualTo(all.size() / 2)
                    .allMatch(frames -> frames.stream().anyMatch(frame -> frame.startsWith("MESSAGE\n")));
            assertThat(all).extracting(RawClient::closeCode).containsOnly(1012);
            assertThat(all)
                    .extracting(RawClient::closeReason)
                    .allMatch(reason -> RESTART.matcher(reason).matches());
        }
        assertThat(server.log()).anyMatch(line -> line.contains(": stopped: 40 connections told, 40 closed, 0 left"));
    }

    private static List<RawClient> open(List<RawClient> clients) {
        return clients.stream().filter(RawClient::isOpen).toList();
    }

    private static void sendIfOpen(RawClient client, String topic) {
        try {
            client.send("SEND\ndestination:" + topic + "\nreceipt:r\n\nlate\0");
        } catch (CompletionException closed) {
            client.closeCode();
        }
    }

    /** What has come to a client whose connection is closed. */
    private static List<String> rest(RawClient client) {
        List<String> frames = new ArrayList<>();
        try {
            while (!client.isIdle()) {
                frames.add(client.next());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return frames;
    }

    private static boolean isReceipt(String frame) {
        return frame.startsWith("RECEIPT\n");
    }

    /** Until nobody answers. */
    private static void ask(URI uri, Set<Integer> answers) {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        try {
            while (!Thread.interrupted()) {
                answers.add(client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding())
                        .statusCode());
            }
        } catch (IOException gone) {
            // As intended.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void start_log_saysAddressAndThatNobodyCanLogIn() throws Exception {
        try (ServerProcess server = ServerProcess.product()
                .contextRoot("/chat")
                .beside(war)
                .data(data())
                .start()) {
            String lastLine = "  from this machine only; -Dstompline.http.address=0.0.0.0 lets others in";
            await().until(() -> server.log().contains(lastLine));
            assertNoWarningsOfJavaVmAndBoot(server.log());
            assertThat(server.log())
                    .filteredOn(line -> line.contains("WARNING") || line.contains("SEVERE"))
                    .as("of the product, but for what the application lacks")
                    .filteredOn(line -> line.contains("io.stompline"))
                    .noneMatch(line -> !line.contains("nobody can log in") && !line.contains("no access rules"));
            assertThat(server.log())
                    .containsSubsequence(
                            Start.READY,
                            "  http://localhost:" + server.port() + "/chat/",
                            "  ws://localhost:" + server.port() + "/chat/stomp",
                            lastLine)
                    .anyMatch(
                            line -> line.endsWith("The application at /chat/ is deployed, its endpoint is /chat/stomp"))
                    .filteredOn(line -> line.contains("nobody can log in"))
                    .singleElement()
                    .asString()
                    .contains("WARNING", "IdentityStore");
        }
    }

    @Test
    void start_badSetting_failsWithTheReason() {
        ServerProcess.Builder builder = ServerProcess.product().data(data()).with("stompline.frame.max-bytes", "many");
        assertThatThrownBy(builder::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("stompline.frame.max-bytes must be a whole number")
                .hasMessageContaining("could not be deployed: wrong settings: stompline.frame.max-bytes must");
    }

    @Test
    void start_portTakenDuringTheBoot_failsWithOneSentence() throws Exception {
        try (ServerProcess server =
                ServerProcess.product().data(data()).port(FreePorts.next()).launch()) {
            // Made after the check of the port, long before Payara listens.
            await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(data().resolve("payara")));
            try (ServerSocket other = new ServerSocket(server.port(), 1, InetAddress.getLoopbackAddress())) {
                assertThat(other.isBound()).isTrue();
                assertThat(server.waitFor()).isEqualTo(1);
            }
            assertThat(server.log())
                    .singleElement()
                    .asString()
                    .matches("cannot listen on port " + server.port() + " of 127\\.0\\.0\\.1 \\(.*\\):"
                            + " stop what runs there, or take another port with --port");
        }
    }

    @Test
    void start_hostNameWithoutAddress_failsWithOneSentence() throws Exception {
        try (ServerProcess server = ServerProcess.product()
                .data(data())
                .jvmOption("-Djdk.net.hosts.file=/dev/null")
                .launch()) {
            assertThat(server.waitFor()).isEqualTo(1);
            assertThat(server.log())
                    .singleElement()
                    .asString()
                    .startsWith("this machine's own name has no address (")
                    .endsWith("in /etc/hosts");
        }
    }

    @Test
    void start_brokenWar_failsWithTheReason() throws Exception {
        Path broken = Files.writeString(directory.resolve("broken.war"), "not a WAR");
        ServerProcess.Builder builder = ServerProcess.product().war(broken).data(data());
        assertThatThrownBy(builder::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("could not be deployed");
    }

    private Path data() {
        return directory.resolve("data");
    }

    private static ServerProcess start(Path data) {
        return ServerProcess.product().war(war).data(data).start();
    }

    private static HttpResponse<String> get(ServerProcess server, String path)
            throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(server.uri(path)));
    }

    private static void post(ServerProcess server, String path, String body) throws IOException, InterruptedException {
        HttpResponse<String> answer =
                send(HttpRequest.newBuilder(server.uri(path)).POST(BodyPublishers.ofString(body)));
        assertThat(answer.statusCode()).isEqualTo(200);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    }
}
