package io.stompline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stompline.e2e.support.RawClient;
import io.stompline.e2e.support.SharedServer;
import io.stompline.server.ServerProcess;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that do not bring the header of an HTTP request to its end. */
class SlowRequestIT {
    private static final String WHOLE = "GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n";

    private static ServerProcess server;

    @BeforeAll
    static void share() {
        server = SharedServer.process();
    }

    /** A connection whose client sends one text, then another one every 3 s. */
    private record Dripping(Socket socket, String more, CompletableFuture<Void> closed) {
        static Dripping open(String first, String more) {
            try {
                Socket socket = new Socket("localhost", server.port());
                socket.getOutputStream().write(first.getBytes(StandardCharsets.US_ASCII));
                // A thread each: with the common pool the WebSocket's client would find none free.
                return new Dripping(
                        socket,
                        more,
                        CompletableFuture.runAsync(() -> readToEnd(socket), task -> new Thread(task).start()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void readToEnd(Socket socket) {
            try {
                socket.getInputStream().transferTo(OutputStream.nullOutputStream());
            } catch (IOException reset) {
                // That is an end as well.
            }
        }

        void drip() {
            try {
                socket.getOutputStream().write(more.getBytes(StandardCharsets.US_ASCII));
            } catch (IOException gone) {
                // The server has closed it.
            }
        }
    }

    @Test
    @Timeout(120)
    void request_headerWithoutEnd_closesThisConnectionOnly() throws Exception {
        int linesBefore = server.log().size();
        List<Dripping> slow = List.of(
                Dripping.open("", ""),
                Dripping.open("G", "x"),
                Dripping.open("GET / HTTP/1.1\r\nHost: localhost\r\n", "X-more: x\r\n"),
                Dripping.open("GET / HTTP/1.1\r\nHost: localhost\r\nX-more: ", "x"),
                Dripping.open(WHOLE + "GET / HTTP/1.1\r\nX-more: ", "x"));
        List<Dripping> busy = List.of(Dripping.open(WHOLE, WHOLE));
        try (RawClient webSocket = RawClient.connected(server.stompUri(), "1.2")) {
            List<Dripping> all = new ArrayList<>(slow);
            all.addAll(busy);
            await().atMost(Duration.ofSeconds(45))
                    .pollInterval(Duration.ofSeconds(3))
                    .until(() -> {
                        all.forEach(Dripping::drip);
                        return slow.stream().allMatch(client -> client.closed().isDone());
                    });
            assertThat(busy).noneMatch(client -> client.closed().isDone());
            webSocket.send("SEND\ndestination:/topic/a\nreceipt:r\n\n\0");
            assertThat(webSocket.next()).contains("receipt-id:r");
        }
        assertThat(server.log().stream().skip(linesBefore))
                .filteredOn(line -> line.contains("an HTTP header for 30 s without an end"))
                .hasSize(1);
    }
}
