package io.stompline.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import io.stompline.e2e.support.Chromium;
import io.stompline.e2e.support.ConsolePage;
import io.stompline.e2e.support.RawClient;
import io.stompline.tls.TestCertificate;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The assembled server with TLS on its port. */
class TlsIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final int ANSWER_MILLIS = 30_000;
    private static final String SUBSCRIBE = "SUBSCRIBE\nid:1\ndestination:/topic/tls\nreceipt:s\n\n\0";
    private static final String SEND = "SEND\ndestination:/topic/tls\n\n%s\0";
    private static final String HANDSHAKE = """
            GET /stomp HTTP/1.1
            Host: localhost
            Connection: Upgrade
            Upgrade: websocket
            Sec-WebSocket-Version: 13
            Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==
            """.replace("\n", "\r\n");

    @TempDir
    private static Path directory;

    /** Of the server that tests share. */
    private static TestCertificate certificate;

    private static SSLContext trusting;
    private static ServerProcess server;

    @BeforeAll
    static void start() throws IOException, GeneralSecurityException {
        certificate = TestCertificate.make(directory, "server", TestCertificate.EC);
        trusting = TestCertificate.trusting(certificate);
        server = pem(ServerProcess.demo(), certificate).start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void tls_pem_carriesMessagesAndNothingElseListens() throws Exception {
        assertCarriesMessages(server, trusting);
        assertThat(peer(server, trusting)).isEqualTo(certificate.certificate());
        assertThat(ListeningPorts.of(server.pid())).containsExactly("0100007F:%04X".formatted(server.port()));
        assertThat(server.log()).contains("  https://localhost:" + server.port() + "/", "  " + wss(server));
    }

    /** From the start of the process on. */
    @Tag("long")
    @ParameterizedTest
    @CsvSource({"crt, key", "p12, password"})
    void tls_rsaOfEachKindOfFile_answers503ThenCarriesMessages(String file, String key) throws Exception {
        SSLContext rsa = TestCertificate.trusting(TestCertificate.make(directory, "rsa", TestCertificate.RSA));
        try (ServerProcess starting = files(
                        ServerProcess.demo(), directory.resolve("rsa." + file), directory.resolve("rsa." + key))
                .launch()) {
            StringBuilder answers = new StringBuilder();
            await().atMost(START_LIMIT)
                    .pollInterval(Duration.ofMillis(100))
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .until(() -> {
                        String status =
                                answer(starting, rsa, "https://localhost").split(" ", 3)[1];
                        answers.append(status).append(' ');
                        return !status.equals("503");
                    });
            assertThat(answers.toString()).matches("(503 )+101 ");
            assertCarriesMessages(starting, rsa);
        }
    }

    private static void assertCarriesMessages(ServerProcess server, SSLContext trusting) throws Exception {
        try (RawClient client = RawClient.connected(wss(server), trusting)) {
            client.send(SUBSCRIBE);
            assertThat(client.next()).startsWith("RECEIPT\n");
            client.send(SEND.formatted("over TLS"));
            assertThat(client.next()).startsWith("MESSAGE\n").endsWith("over TLS");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void tls_version_isSpokenOnceForAConnectionAndWithHttp1Only(String version) throws Exception {
        try (SSLSocket socket = connect(server, trusting)) {
            socket.setEnabledProtocols(new String[] {version});
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            assertThat(socket.getSession().getProtocol()).isEqualTo(version);
            assertThat(socket.getApplicationProtocol()).isEmpty();
            if (version.equals("TLSv1.2")) {
                // Asks for another handshake. An idle connection would be closed after 30 s.
                socket.startHandshake();
                await().atMost(Duration.ofSeconds(15)).until(() -> isCutOff(socket, false));
            }
        }
    }

    @Test
    void tls_weakCipher_isRefused() throws Exception {
        try (SSLSocket socket = connect(server, trusting)) {
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});
            socket.setEnabledCipherSuites(new String[] {"TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256"});
            assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLException.class);
        }
    }

    @Test
    void tls_browser_showsThePageAndConnects() {
        try (Chromium chromium = Chromium.launch();
                BrowserContext context =
                        chromium.browser().newContext(new Browser.NewContextOptions().setIgnoreHTTPSErrors(true))) {
            Page page = context.newPage();
            page.navigate("https://localhost:" + server.port() + "/");
            new ConsolePage(page)
                    .connectAs("user1")
                    .subscribe("/topic/browser", "auto")
                    .send("/topic/browser", "text/plain", "from a browser");
        }
    }

    @Test
    void origin_pagesOfTheOwnHost_connectWithHttpsOnly() throws Exception {
        assertThat(answer(server, trusting, "https://localhost")).startsWith("HTTP/1.1 101 ");
        assertThat(answer(server, trusting, "http://localhost")).startsWith("HTTP/1.1 403 ");
        assertThat(answer(server, trusting, "https://evil.example")).startsWith("HTTP/1.1 403 ");
    }

    @Test
    void slowClient_readsNothing_isEndedAndOthersGoOn() throws Exception {
        String topic = "SEND\ndestination:/topic/slow\nreceipt:r\n\n" + "x".repeat(8 * 1024) + "\0";
        try (RawClient slow = RawClient.connected(wss(server), trusting);
                RawClient publisher = RawClient.connected(wss(server), trusting)) {
            slow.send("SUBSCRIBE\nid:1\ndestination:/topic/slow\nreceipt:s\n\n\0");
            assertThat(slow.next()).startsWith("RECEIPT\n");
            slow.stopReading();
            await().atMost(LIMIT).pollInterval(Duration.ofMillis(1)).until(() -> {
                publisher.send(topic);
                assertThat(publisher.next()).startsWith("RECEIPT\n");
                return server.log().stream().anyMatch(line -> line.contains("client reads too slowly"));
            });
            slow.readOn();
            await().atMost(LIMIT).until(() -> !slow.isOpen());
        }
    }

    @Test
    void end_clientStillWrites_readsErrorAndCloseCode() throws Exception {
        try (RawClient client = RawClient.connected(wss(server), trusting)) {
            client.sendBinary(("SEND\n" + "a-longer-name:and-a-longer-value\n".repeat(100_000) + "\n\0")
                    .getBytes(StandardCharsets.US_ASCII));
            assertThat(client.next()).startsWith("ERROR\nmessage:frame too large\n");
            assertThat(client.closeCode()).isEqualTo(1009);
        }
    }

    @Test
    void certificate_renewed_isThatOfNewConnections() throws Exception {
        TestCertificate first = TestCertificate.make(directory, "first", TestCertificate.RSA);
        TestCertificate second = TestCertificate.make(directory, "second", TestCertificate.EC);
        SSLContext both = TestCertificate.trusting(first, second);
        try (ServerProcess renewing = pem(ServerProcess.demo(), first)
                        .with("stompline.tls.reload-interval", "PT1S")
                        .start();
                RawClient old = RawClient.connected(wss(renewing), both)) {
            assertThat(peer(renewing, both)).isEqualTo(first.certificate());
            Certificate ofSecond = second.certificate();
            copy(second.crt(), first.crt());
            copy(second.keyFile(), first.keyFile());
            await().atMost(LIMIT).until(() -> ofSecond.equals(peer(renewing, both)));

            Files.writeString(first.keyFile(), "no key");
            String warning = "stompline.tls.key: " + first.keyFile() + " has no \"BEGIN PRIVATE KEY\"";
            await().atMost(LIMIT).until(() -> renewing.log().stream().anyMatch(line -> line.contains(warning)));
            assertThat(peer(renewing, both)).isEqualTo(ofSecond);

            old.send(SUBSCRIBE);
            assertThat(old.next()).startsWith("RECEIPT\n");
            try (RawClient young = RawClient.connected(wss(renewing), both)) {
                young.send(SEND.formatted("from a new connection"));
                assertThat(old.next()).endsWith("from a new connection");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"absent", "empty", "other"})
    void start_faultyFile_endsWithOneLine(String key) throws Exception {
        Files.writeString(directory.resolve("empty"), "");
        copy(TestCertificate.make(directory, "another", TestCertificate.EC).keyFile(), directory.resolve("other"));
        Path file = directory.resolve(key);
        String fault = switch (key) {
            case "absent" -> "stompline.tls.key: " + file + " cannot be read";
            case "empty" -> "stompline.tls.key: " + file + " has no \"BEGIN PRIVATE KEY\"";
            default ->
                "stompline.tls.certificate: " + certificate.crt()
                        + " is for another key than that of stompline.tls.key";
        };
        ServerProcess failing =
                files(ServerProcess.product(), certificate.crt(), file).launch();
        assertThat(failing.waitFor()).isEqualTo(1);
        assertThat(failing.log()).containsExactly(fault);
    }

    @Tag("long")
    @Test
    void selfSigned_set_makesACertificateAndSaysWhatItIsFor() throws Exception {
        try (ServerProcess trying = ServerProcess.demo()
                .data(directory.resolve("data"))
                .with("stompline.tls.self-signed", "true")
                .start()) {
            assertThat(trying.log())
                    .anyMatch(line -> line.contains("WARNING") && line.contains("stompline.tls.self-signed"));
            RawClient.connected(wss(trying), trustingSelfSigned()).close();
        }
    }

    @Tag("long")
    @Test
    @Timeout(120)
    void tls_clientsThatAreSlowOnPurpose_areCutOff() throws Exception {
        try (Socket silent = new Socket("localhost", server.port());
                Socket handshaking = new Socket("localhost", server.port());
                SSLSocket header = connect(server, trusting);
                RawClient webSocket = RawClient.connected(wss(server), trusting)) {
            // The head of a record of 512 octets.
            handshaking.getOutputStream().write(new byte[] {0x16, 3, 1, 2, 0});
            header.getOutputStream().write("GET / HTTP/1.1\r\nX-more: ".getBytes(StandardCharsets.US_ASCII));
            await().atMost(Duration.ofSeconds(45))
                    .pollInterval(Duration.ofSeconds(3))
                    .until(() -> Stream.of(isCutOff(silent, false), isCutOff(handshaking, true), isCutOff(header, true))
                            .allMatch(cut -> cut));
            webSocket.send(SUBSCRIBE);
            assertThat(webSocket.next()).startsWith("RECEIPT\n");
        }
    }

    /** Whether the server has closed it; otherwise sends an octet, if it shall. */
    private static boolean isCutOff(Socket socket, boolean drips) {
        try {
            socket.setSoTimeout(10);
            if (drips) {
                socket.getOutputStream().write('x');
            }
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException open) {
            return false;
        } catch (IOException closed) {
            return true;
        }
    }

    @Test
    void tls_otherProtocols_leaveNoStackTraceInTheLog() throws Exception {
        SSLContext distrusting =
                TestCertificate.trusting(TestCertificate.make(directory, "another", TestCertificate.EC));
        int linesBefore = server.log().size();
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> peer(server, distrusting)).isInstanceOf(IOException.class);
            try (Socket plain = new Socket("localhost", server.port())) {
                plain.setSoTimeout(ANSWER_MILLIS);
                plain.getOutputStream().write((HANDSHAKE + "\r\n").getBytes(StandardCharsets.US_ASCII));
                assertThat(new String(plain.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
                        .doesNotContain("HTTP/");
            }
        }
        assertThat(server.log().subList(linesBefore, server.log().size()))
                .hasSizeLessThan(5)
                .noneMatch(line -> line.startsWith("\tat "));
    }

    private static SSLContext trustingSelfSigned() throws IOException, GeneralSecurityException {
        Path tls = directory.resolve("data/tls");
        KeyStore store = KeyStore.getInstance(
                tls.resolve("self-signed.p12").toFile(),
                Files.readString(tls.resolve("self-signed.password")).toCharArray());
        return TestCertificate.trusting(List.of(store.getCertificate("server")));
    }

    private static ServerProcess.Builder pem(ServerProcess.Builder server, TestCertificate certificate) {
        return files(server, certificate.crt(), certificate.keyFile());
    }

    private static ServerProcess.Builder files(ServerProcess.Builder server, Path certificate, Path key) {
        return server.with("stompline.tls.certificate", certificate.toString())
                .with("stompline.tls.key", key.toString());
    }

    private static URI wss(ServerProcess server) {
        return URI.create("wss://localhost:" + server.port() + "/stomp");
    }

    private static SSLSocket connect(ServerProcess server, SSLContext trusting) throws IOException {
        SSLSocket socket = (SSLSocket) trusting.getSocketFactory().createSocket("localhost", server.port());
        socket.setSoTimeout(ANSWER_MILLIS);
        return socket;
    }

    /** The certificate that a new connection gets. */
    private static Certificate peer(ServerProcess server, SSLContext trusting) throws IOException {
        try (SSLSocket socket = connect(server, trusting)) {
            return socket.getSession().getPeerCertificates()[0];
        }
    }

    /** The first line that answers a handshake of a page of that origin. */
    private static String answer(ServerProcess server, SSLContext trusting, String origin) throws IOException {
        try (SSLSocket socket = connect(server, trusting)) {
            socket.getOutputStream()
                    .write((HANDSHAKE + "Origin: " + origin + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            StringBuilder line = new StringBuilder();
            for (int octet = socket.getInputStream().read();
                    octet != '\n';
                    octet = socket.getInputStream().read()) {
                if (octet < 0) {
                    throw new IOException("no answer but " + line);
                }
                line.append((char) octet);
            }
            return line.toString();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
}
