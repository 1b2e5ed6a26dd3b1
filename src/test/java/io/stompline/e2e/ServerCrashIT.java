package io.stompline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stompline.e2e.support.Clients;
import io.stompline.e2e.support.DamagedStore;
import io.stompline.e2e.support.Ledger;
import io.stompline.e2e.support.LedgerPublisher;
import io.stompline.e2e.support.RawClient;
import io.stompline.e2e.support.RawSocket;
import io.stompline.e2e.support.ReceivedFrame;
import io.stompline.e2e.support.StompJs;
import io.stompline.server.ServerProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The server dies, and with it the embedded broker, and is started again: every persistent message that had its receipt
 * is there afterwards, and stompjs comes back by itself.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ServerCrashIT {
    private static final int PUBLISHERS = 3;
    private static final String QUEUE = "/queue/kept";

    /** As stompjs comes. It goes on while its server dies and comes back. */
    private static final String SCRIPT = """
            let connects = 0;
            await new Promise((done) => {
              const client = new Client({
                brokerURL: url,
                connectHeaders: { host: 'localhost', login: 'user1', passcode: 'user1' },
                reconnectDelay: 200,
                onConnect: async () => {
                  if (++connects === 1) {
                    await receipt(client, (headers) =>
                      client.publish({ destination: '/queue/kept-for-stompjs', body: 'kept', headers }));
                    client.publish({ destination: '/queue/state', body: 'sent' });
                  } else {
                    console.log((await (await inbox(client, '/queue/kept-for-stompjs')).next()).body);
                    await client.deactivate();
                    done();
                  }
                },
              });
              client.activate();
            });
            """;

    @TempDir
    private static Path data;

    private static final Ledger LEDGER = new Ledger();

    private static CompletableFuture<String> printed;
    private static ServerProcess server;

    @BeforeAll
    static void crash() throws Exception {
        ServerProcess dying = ServerProcess.demo().data(data).start();
        try (dying;
                Clients clients = new Clients(dying.stompUri())) {
            for (int i = 0; i < 3; i++) {
                Clients.send(clients.connect(), "/queue/damaged", "body " + i);
            }
            publishUntilTheCrash(dying, clients);
        }
        DamagedStore.NAME.damage(data, "damaged", "body 1");
        server = ServerProcess.demo().data(data).port(dying.port()).start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void publishUntilTheCrash(ServerProcess dying, Clients clients) throws InterruptedException {
        List<CompletableFuture<Void>> publishing = new ArrayList<>();
        for (int i = 0; i < PUBLISHERS; i++) {
            LedgerPublisher publisher = new LedgerPublisher(clients.connect(), "p" + i, QUEUE, 1_000_000, LEDGER);
            publishing.add(CompletableFuture.runAsync(publisher));
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> LEDGER.receipts() > 1_000);
        printed = CompletableFuture.supplyAsync(() -> run(dying));
        RawClient witness = clients.connect().send("SUBSCRIBE\nid:1\ndestination:/queue/state\n\n\0");
        assertThat(witness.next()).contains("sent");
        dying.kill();
        publishing.forEach(publisher -> publisher
                .handle((done, failure) -> failure)
                .orTimeout(60, TimeUnit.SECONDS)
                .join());
    }

    private static String run(ServerProcess dying) {
        try {
            return StompJs.run(dying, "1.2", SCRIPT);
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }

    @Test
    void crash_persistentMessagesWithReceipt_areNotLost() throws Exception {
        try (Clients clients = new Clients(server.stompUri())) {
            Clients.send(clients.connect(), QUEUE, "end");
            // No receipt: messages that wait in the queue may come before it.
            RawClient consumer = clients.connect().send("SUBSCRIBE\nid:s\ndestination:" + QUEUE + "\n\n\0");
            for (String body = body(consumer); !body.equals("end"); body = body(consumer)) {
                LEDGER.delivered(body);
            }
            RawClient damaged = clients.connect().send("SUBSCRIBE\nid:s\ndestination:/queue/damaged\nreceipt:r\n\n\0");
            assertThat(damaged.next()).startsWith("ERROR\nmessage:destination damaged\n");
        }
        LEDGER.assertNothingIsLost();
        LEDGER.assertOrderIsKept();
        assertThat(LEDGER.duplicates()).isEmpty();
    }

    @Test
    void stompJs_serverRestarted_reconnectsAndGetsItsMessage() throws Exception {
        assertThat(printed.get(60, TimeUnit.SECONDS)).isEqualToIgnoringNewLines("kept");
    }

    /** The server is stopped as a supervisor does. */
    @Test
    @Order(Integer.MAX_VALUE)
    void stop_clientStillWrites_hearsTheEnd() throws IOException {
        byte[] send = RawSocket.frame(
                0x81,
                ("SEND\ndestination:/topic/a\n\n" + "x".repeat(10_000) + "\0").getBytes(StandardCharsets.US_ASCII));
        try (RawSocket client = new RawSocket(server.stompUri(), "")) {
            ProcessHandle.of(server.pid()).orElseThrow().destroy();
            client.writeUntilAnswered(send);
            for (int i = 0; i < 30; i++) {
                client.write(send);
            }
            assertThat(client.readToClose()).contains(RawSocket.closeFrame(1012) + "the server restarts; retry after ");
        }
    }

    private static String body(RawClient consumer) throws InterruptedException {
        return ReceivedFrame.next(consumer).body();
    }
}
