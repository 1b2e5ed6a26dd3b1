package io.stompline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import io.stompline.e2e.support.Chromium;
import io.stompline.e2e.support.Firefox;
import io.stompline.e2e.support.MetricsPage;
import io.stompline.e2e.support.SharedServer;
import io.stompline.e2e.support.StompJs;
import io.stompline.server.Python;
import io.stompline.server.ServerProcess;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.java_websocket.client.WebSocketClient;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.extensions.permessage_deflate.PerMessageDeflateExtension;
import org.java_websocket.handshake.ServerHandshake;
import org.java_websocket.protocols.Protocol;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * WebSockets that nobody here wrote, with {@code permessage-deflate}: each gets texts of several sizes back as it sent
 * them, and the server deflated those of 1 KiB and more.
 */
class CompressingClientsIT {
    private static final String PART = "{\"symbol\":\"ACME\",\"price\":17.25,\"größe\":\"😀\"},";
    /** So many parts each text has. */
    private static final int[] SIZES = {1, 25, 100, 1_000};

    private static final int DEFLATED = SIZES.length - 1;

    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** In a page: answers with the extensions and with how many texts came back unharmed. */
    private static final String IN_BROWSER = """
            ([url, part, sizes]) => new Promise((done, fail) => {
              const socket = new WebSocket(url, ['v12.stomp']);
              const send = (head, text = '') => socket.send(`${head}\\n\\n${text}\\0`);
              const bodies = sizes.map((size) => part.repeat(size));
              let come = 0;
              const next = () => send('SEND\\ndestination:/topic/deflate.browser', bodies[come]);
              socket.onopen = () => send('CONNECT\\naccept-version:1.2\\nhost:h\\nlogin:user1\\npasscode:user1');
              socket.onerror = () => fail(new Error('the WebSocket failed'));
              socket.onclose = (event) => fail(new Error(`closed with ${event.code}`));
              socket.onmessage = ({ data }) => {
                if (data.startsWith('CONNECTED')) {
                  send('SUBSCRIBE\\nid:0\\ndestination:/topic/deflate.browser\\nreceipt:r');
                } else if (data.startsWith('RECEIPT')) {
                  next();
                } else if (!data.endsWith(`\\n\\n${bodies[come]}\\0`)) {
                  fail(new Error(`not what was sent: ${data}`));
                } else if (++come === bodies.length) {
                  done(`${socket.extensions} ${come}`);
                } else {
                  next();
                }
              };
            })
            """;

    private static ServerProcess server;

    @TempDir
    private Path directory;

    private long before;

    @BeforeAll
    static void start() {
        server = ServerProcess.demo()
                .with("stompline.rules.file", SharedServer.RULES)
                .with("stompline.metrics.role", "admin")
                .with("stompline.compression", "on")
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void count() throws Exception {
        before = deflations();
    }

    @AfterEach
    void sizes_fromOneKibOn_wereDeflated() {
        await().until(CompressingClientsIT::deflations, deflations -> deflations == before + DEFLATED);
    }

    @Test
    void stompJs_underNode_exchangesCompressedMessages() throws Exception {
        StompJs.run(server, "1.2", """
                let socket;
                const client = await open({
                  webSocketFactory: () => (socket = new WebSocket(url, new Versions([version]).protocolVersions())),
                });
                assert.match(socket.extensions, /^permessage-deflate/);
                const texts = await inbox(client, '/topic/deflate.ws');
                for (const size of %s) {
                  const body = '%s'.repeat(size);
                  client.publish({ destination: '/topic/deflate.ws', body });
                  assert.equal((await texts.next()).body, body);
                }
                await client.deactivate();
                """.formatted(Arrays.toString(SIZES), PART));
    }

    @Test
    void chromium_exchangesCompressedMessages() {
        try (Chromium chromium = Chromium.launch()) {
            Page page = chromium.browser().newPage();
            page.navigate(server.uri("/").toString());
            assertThat(page.evaluate(IN_BROWSER, forBrowser()))
                    .asString()
                    .startsWith("permessage-deflate")
                    .endsWith(" " + SIZES.length);
        }
    }

    @Tag("long")
    @Test
    void firefox_exchangesCompressedMessages() throws Exception {
        try (Firefox firefox = Firefox.launch(directory)) {
            firefox.open(server.uri("/"));
            assertThat(firefox.call(IN_BROWSER, forBrowser()))
                    .startsWith("permessage-deflate")
                    .endsWith(" " + SIZES.length);
        }
    }

    @Test
    void javaWebSocket_exchangesCompressedMessages() throws Exception {
        JavaWebSocket client = new JavaWebSocket(server.stompUri());
        try {
            assertThat(client.connectBlocking(LIMIT.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
            client.send("CONNECT\naccept-version:1.2\nhost:h\nlogin:user1\npasscode:user1\n\n\0");
            assertThat(client.next()).startsWith("CONNECTED\n");
            client.send("SUBSCRIBE\nid:0\ndestination:/topic/deflate.java\nreceipt:r\n\n\0");
            assertThat(client.next()).startsWith("RECEIPT\n");
            for (int size : SIZES) {
                client.send("SEND\ndestination:/topic/deflate.java\n\n" + PART.repeat(size) + "\0");
                assertThat(client.next()).startsWith("MESSAGE\n").endsWith("\n\n" + PART.repeat(size) + "\0");
            }
        } finally {
            client.closeBlocking();
        }
    }

    @Test
    void pythonWebsockets_exchangesCompressedMessages() throws Exception {
        Python.run(
                directory,
                """
                import sys
                from websockets.extensions.permessage_deflate import PerMessageDeflate
                from websockets.sync.client import connect

                PART = '%s'
                with connect(sys.argv[1], subprotocols=['v12.stomp'], max_size=2**21) as socket:
                    assert isinstance(socket.protocol.extensions[0], PerMessageDeflate), socket.protocol.extensions
                    socket.send('CONNECT\\naccept-version:1.2\\nhost:h\\nlogin:user1\\npasscode:user1\\n\\n\\0')
                    assert socket.recv(timeout=20).startswith('CONNECTED\\n')
                    socket.send('SUBSCRIBE\\nid:0\\ndestination:/topic/deflate.python\\nreceipt:r\\n\\n\\0')
                    assert socket.recv(timeout=20).startswith('RECEIPT\\n')
                    for size in %s:
                        socket.send('SEND\\ndestination:/topic/deflate.python\\n\\n' + PART * size + '\\0')
                        assert socket.recv(timeout=20).endswith('\\n\\n' + PART * size + '\\0')
                """.formatted(PART, Arrays.toString(SIZES)),
                LIMIT,
                server.stompUri().toString());
    }

    private static List<Object> forBrowser() {
        return List.of(
                server.stompUri().toString(), PART, Arrays.stream(SIZES).boxed().toList());
    }

    private static long deflations() throws Exception {
        return MetricsPage.of(server).number("messages_deflated_total");
    }

    /** org.java-websocket, which is below most STOMP clients for Android. */
    private static final class JavaWebSocket extends WebSocketClient {
        private final BlockingQueue<String> frames = new LinkedBlockingQueue<>();

        JavaWebSocket(URI uri) {
            super(uri, new Draft_6455(List.of(new PerMessageDeflateExtension()), List.of(new Protocol("v12.stomp"))));
        }

        String next() throws InterruptedException {
            return frames.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
        }

        @Override
        public void onOpen(ServerHandshake handshake) {
            assertThat(handshake.getFieldValue("Sec-WebSocket-Extensions")).startsWith("permessage-deflate");
        }

        @Override
        public void onMessage(String frame) {
            frames.add(frame);
        }

        @Override
        public void onClose(int code, String reason, boolean remote) {
            frames.add("closed with " + code + " " + reason);
        }

        @Override
        public void onError(Exception fault) {
            frames.add(fault.toString());
        }
    }
}
