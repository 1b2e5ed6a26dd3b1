package io.stompline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stompline.e2e.support.Bridge;
import io.stompline.e2e.support.Clients;
import io.stompline.e2e.support.PingFlood;
import io.stompline.e2e.support.RawClient;
import io.stompline.e2e.support.RawSocket;
import io.stompline.e2e.support.ReceivedFrame;
import io.stompline.server.LiveHeap;
import io.stompline.server.ServerProcess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that do not read, or that send without end, are their own problem. */
class BadNeighbourIT {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final int FRAMES_AT_A_TIME = 1_000;
    private static final int MESSAGES = 4_000;
    private static final int MESSAGE_CHARS = 8 * 1024;
    private static final long MAX_GROWTH_BYTES = 24 << 20;

    private static final Duration STALL = Duration.ofSeconds(5);

    private static ServerProcess server;

    private final String topic = "/topic/" + Bridge.freshName();

    @RegisterExtension
    final Clients clients = new Clients(server.stompUri());

    @BeforeAll
    static void start() {
        // What waits for three clients who never read would be 100 MB: the heap could not hold it.
        // The build's own options leave more to young objects than a small heap has room for.
        server = ServerProcess.demo()
                .jvmOption("-Xmx160m")
                .jvmOption("-XX:G1NewSizePercent=5")
                .with("stompline.slow", "/topic/parked/** oldest 50")
                .with("stompline.outbox.stall-timeout", Long.toString(STALL.toMillis()))
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void slowClient_readsNothing_isEndedAndOthersGetAll() throws Exception {
        List<RawClient> stuck = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            stuck.add(clients.subscriber(topic).stopReading());
        }
        List<RawClient> healthy = List.of(clients.subscriber(topic), clients.subscriber(topic));
        List<CompletableFuture<Void>> reading = healthy.stream()
                .map(client -> CompletableFuture.runAsync(() -> readAll(client)))
                .toList();
        RawClient publisher = clients.connect();
        String padding = "x".repeat(MESSAGE_CHARS);
        for (int i = 0; i < MESSAGES; i++) {
            Clients.send(publisher, topic, i + " " + padding);
        }
        reading.forEach(reader -> reader.orTimeout(60, TimeUnit.SECONDS).join());

        await().atMost(LIMIT).until(() -> countLines("client reads too slowly") == stuck.size());
        for (RawClient client : stuck) {
            client.readOn();
            await().atMost(LIMIT).until(() -> isGone(client));
        }
        assertThat(server.isAlive()).isTrue();
        assertThat(healthy).allMatch(RawClient::isOpen);
        assertThat(countLines("OutOfMemory")).isZero();
    }

    /** It shows by pongs that it is there, when its socket is full for longer than that may be. */
    @Test
    void slowClient_answersPingsAndReadsNothing_isParkedByItsRuleAndOthersGetAll() throws Exception {
        String parked = "/topic/parked/" + Bridge.freshName();
        // With an interval of a second it would be given up while the test measures the heap.
        try (RawSocket silent = new RawSocket(server.stompUri(), "heart-beat:30000,1000\n")) {
            subscribe(silent, parked);
            RawClient neighbour = clients.subscriber(parked);
            RawClient publisher = clients.connect();
            String padding = "x".repeat(MESSAGE_CHARS);
            long before = LiveHeap.bytes(server.pid());
            long end = System.nanoTime();
            int sent = 0;
            while (sent < MESSAGES / 2 || System.nanoTime() < end) {
                Clients.send(publisher, parked, sent + " " + padding);
                assertThat(ReceivedFrame.next(neighbour).body()).startsWith(sent + " ");
                silent.write(RawSocket.frame(0x8a, new byte[0]));
                sent++;
                end = sent == MESSAGES / 2
                        ? System.nanoTime() + STALL.plusSeconds(2).toNanos()
                        : end;
            }
            assertThat(LiveHeap.bytes(server.pid()) - before).isLessThan(MAX_GROWTH_BYTES);
            silent.readThrough("x-dropped:");
            silent.readThrough("\n\n" + (sent - 1) + " ");
            subscribe(silent, topic);
        }
    }

    private static void subscribe(RawSocket client, String destination) throws IOException {
        String subscribe = "SUBSCRIBE\nid:" + destination + "\ndestination:" + destination + "\nreceipt:r\n\n\0";
        client.write(RawSocket.frame(0x81, subscribe.getBytes(StandardCharsets.US_ASCII)));
        client.readThrough("receipt-id:r\n\n\0");
    }

    @Test
    void flood_oneClientSendsWithoutEnd_othersAreServed() throws Exception {
        RawClient flooding = clients.connect();
        AtomicBoolean enough = new AtomicBoolean();
        CompletableFuture<Void> flood = CompletableFuture.runAsync(() -> flood(flooding, enough));
        assertOthersAreServed();
        enough.set(true);
        flood.join();
    }

    /** What costs the client least: the server takes it at once, and no rate counts it. */
    @ParameterizedTest
    @ValueSource(strings = {"ping", "pong", "empty message", "line feed"})
    void flood_framesWithoutContent_othersAreServed(String kind) throws Exception {
        AtomicBoolean enough = new AtomicBoolean();
        try (RawSocket flooding = new RawSocket(server.stompUri(), "")) {
            CompletableFuture<Void> reading = inThread(flooding::readToEnd);
            CompletableFuture<Void> flood = inThread(() -> {
                byte[] frames = repeated(frame(kind));
                while (!enough.get()) {
                    flooding.write(frames);
                }
                flooding.write(RawSocket.frame(0x88, new byte[0]));
            });
            assertOthersAreServed();
            enough.set(true);
            flood.join();
            reading.join();
        }
    }

    private static byte[] frame(String kind) {
        return switch (kind) {
            case "ping" -> RawSocket.frame(0x89, new byte[0]);
            case "pong" -> RawSocket.frame(0x8a, new byte[0]);
            case "empty message" -> RawSocket.frame(0x81, new byte[0]);
            default -> RawSocket.frame(0x81, new byte[] {'\n'});
        };
    }

    private static byte[] repeated(byte[] frame) {
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        for (int i = 0; i < FRAMES_AT_A_TIME; i++) {
            frames.writeBytes(frame);
        }
        return frames.toByteArray();
    }

    /** Part of a flood, until it has ended or the server has ended it. */
    private interface Part {
        void run() throws IOException;
    }

    /** Not in the common pool, which has one thread where there are two processors. */
    private static CompletableFuture<Void> inThread(Part part) {
        Runnable task = () -> {
            try {
                part.run();
            } catch (IOException ended) {
                // Others are served then, too.
            }
        };
        return CompletableFuture.runAsync(task, work -> new Thread(work).start());
    }

    private void assertOthersAreServed() throws InterruptedException {
        RawClient subscriber = Clients.subscribed(clients.connect("heart-beat:0,1000\n"), topic);
        RawClient publisher = clients.connect();
        for (int i = 0; i < 200; i++) {
            Clients.send(publisher, topic, "m" + i);
            assertThat(ReceivedFrame.next(subscriber).body()).isEqualTo("m" + i);
        }
        int beats = subscriber.heartBeats();
        await().atMost(LIMIT).until(() -> subscriber.heartBeats() > beats + 2);
        try (RawClient newcomer = RawClient.connected(server.stompUri(), "1.2")) {
            Clients.send(newcomer, topic, "hello");
        }
        assertThat(subscriber.isOpen() && publisher.isOpen()).isTrue();
    }

    @Test
    @Timeout(120)
    void pongFlood_unreadPongs_endTheClient() throws Exception {
        RawClient other = clients.subscriber(topic);
        RawClient publisher = clients.connect();
        long before = LiveHeap.bytes(server.pid());
        try (PingFlood flood = new PingFlood(server.stompUri())) {
            CompletableFuture<Void> closed = CompletableFuture.runAsync(flood::sendUntilClosed);
            for (int i = 0; !closed.isDone() || i < 50; i++) {
                Clients.send(publisher, topic, "m" + i);
                assertThat(ReceivedFrame.next(other).body()).isEqualTo("m" + i);
                if (i % 10 == 0) {
                    assertThat(LiveHeap.bytes(server.pid()) - before).isLessThan(MAX_GROWTH_BYTES);
                }
            }
        }
        assertThat(countLines("sends pings and does not read the pongs")).isEqualTo(1);
    }

    /** Who only reads may never hear that the other side gave its socket up: a heart-beat asks. */
    private static boolean isGone(RawClient client) {
        try {
            client.send("\n");
        } catch (CompletionException lost) {
            return true;
        }
        return !client.isOpen();
    }

    private static void readAll(RawClient client) {
        try {
            for (int i = 0; i < MESSAGES; i++) {
                assertThat(ReceivedFrame.next(client).body()).startsWith(i + " ");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void flood(RawClient client, AtomicBoolean enough) {
        String frames = ("SEND\ndestination:" + topic + "/flood\n\nflood\0").repeat(100);
        while (!enough.get() && client.isOpen()) {
            client.send(frames);
        }
    }

    private static long countLines(String text) {
        return server.log().stream().filter(line -> line.contains(text)).count();
    }
}
