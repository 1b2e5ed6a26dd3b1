package io.stompline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stompline.e2e.support.Clients;
import io.stompline.e2e.support.DamagedStore;
import io.stompline.e2e.support.Ledger;
import io.stompline.e2e.support.LedgerPublisher;
import io.stompline.e2e.support.RawClient;
import io.stompline.e2e.support.ReceivedFrame;
import io.stompline.server.ServerProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The server dies, and with it the embedded broker: every persistent message that had its receipt is there afterwards.
 */
class ServerCrashIT {
    private static final int PUBLISHERS = 3;
    private static final String QUEUE = "/queue/kept";

    @TempDir
    private Path data;

    private final Ledger ledger = new Ledger();

    @Test
    void crash_persistentMessagesWithReceipt_areNotLost() throws Exception {
        publishUntilTheCrash();
        DamagedStore.NAME.damage(data, "damaged", "body 1");
        try (ServerProcess server = ServerProcess.demo().data(data).start();
                Clients clients = new Clients(server.stompUri())) {
            Clients.send(clients.connect(), QUEUE, "end");
            // No receipt: messages that wait in the queue may come before it.
            RawClient consumer = clients.connect().send("SUBSCRIBE\nid:s\ndestination:" + QUEUE + "\n\n\0");
            for (String body = body(consumer); !body.equals("end"); body = body(consumer)) {
                ledger.delivered(body);
            }
            RawClient damaged = clients.connect().send("SUBSCRIBE\nid:s\ndestination:/queue/damaged\nreceipt:r\n\n\0");
            assertThat(damaged.next()).startsWith("ERROR\nmessage:destination damaged\n");
        }
        ledger.assertNothingIsLost();
        ledger.assertOrderIsKept();
        assertThat(ledger.duplicates()).isEmpty();
    }

    private void publishUntilTheCrash() throws InterruptedException {
        try (ServerProcess server = ServerProcess.demo().data(data).start();
                Clients clients = new Clients(server.stompUri())) {
            for (int i = 0; i < 3; i++) {
                Clients.send(clients.connect(), "/queue/damaged", "body " + i);
            }
            List<CompletableFuture<Void>> publishing = new ArrayList<>();
            for (int i = 0; i < PUBLISHERS; i++) {
                LedgerPublisher publisher = new LedgerPublisher(clients.connect(), "p" + i, QUEUE, 1_000_000, ledger);
                publishing.add(CompletableFuture.runAsync(publisher));
            }
            await().atMost(Duration.ofSeconds(60)).until(() -> ledger.receipts() > 1_000);
            server.kill();
            publishing.forEach(publisher -> publisher
                    .handle((done, failure) -> failure)
                    .orTimeout(60, TimeUnit.SECONDS)
                    .join());
        }
    }

    private static String body(RawClient consumer) throws InterruptedException {
        return ReceivedFrame.next(consumer).body();
    }
}
