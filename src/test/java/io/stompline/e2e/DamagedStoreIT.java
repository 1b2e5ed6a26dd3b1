package io.stompline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.e2e.support.Clients;
import io.stompline.e2e.support.DamagedStore;
import io.stompline.e2e.support.RawClient;
import io.stompline.e2e.support.ReceivedFrame;
import io.stompline.server.ServerProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A crash, and a damaged octet in the files of the message broker, for each queue in another place. */
class DamagedStoreIT {
    private static final int MESSAGES = 60;
    private static final int DAMAGED = MESSAGES / 2;

    @TempDir
    private Path data;

    @Tag("long")
    @Test
    void subscribe_damagedStore_isAnErrorThatSaysSoOrHasTheRest() throws Exception {
        fill();
        for (DamagedStore damage : DamagedStore.values()) {
            damage.damage(data, name(damage), body(DAMAGED));
        }
        try (ServerProcess server = ServerProcess.demo().data(data).start();
                Clients clients = new Clients(server.stompUri())) {
            String lost = "/queue/" + name(DamagedStore.NAME);
            for (int i = 0; i < 3; i++) {
                assertDamaged(clients, "SUBSCRIBE\nid:s\ndestination:" + lost + "\nreceipt:r\n\n\0");
                assertDamaged(clients, "SEND\ndestination:" + lost + "\nreceipt:r\n\nx\0");
            }
            for (DamagedStore damage : DamagedStore.values()) {
                if (damage != DamagedStore.NAME) {
                    assertRestComes(clients, "/queue/" + name(damage));
                }
            }
            Clients.send(clients.connect(), "/queue/beside", "undisturbed");
            RawClient beside = clients.connect().send("SUBSCRIBE\nid:s\ndestination:/queue/beside\n\n\0");
            assertThat(beside.next()).endsWith("\n\nundisturbed");
            for (DamagedStore damage : DamagedStore.values()) {
                assertThat(server.log())
                        .filteredOn(line -> line.contains("WARNING") && line.contains(name(damage)))
                        .as(damage.name())
                        .hasSize(damage == DamagedStore.BEFORE_BODY ? 0 : 1)
                        .allMatch(line -> line.contains("is damaged"));
            }
        }
    }

    private static void assertDamaged(Clients clients, String frame) throws InterruptedException {
        long start = System.nanoTime();
        RawClient client = clients.connect().send(frame);
        assertThat(client.next()).startsWith("ERROR\nmessage:destination damaged\nreceipt-id:r\n");
        assertThat(client.closeCode()).isEqualTo(1011);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }

    /** OpenMQ leaves out the record, and the one before where it cannot tell its end; the queue goes on. */
    private static void assertRestComes(Clients clients, String queue) throws InterruptedException {
        Clients.send(clients.connect(), queue, "end");
        RawClient reader = clients.subscriber(queue);
        List<String> come = new ArrayList<>();
        for (String body = next(reader); !body.equals("end"); body = next(reader)) {
            come.add(body);
        }
        List<String> rest = IntStream.range(0, MESSAGES)
                .filter(i -> i != DAMAGED && i != DAMAGED - 1)
                .mapToObj(DamagedStoreIT::body)
                .toList();
        assertThat(come).as(queue).containsSubsequence(rest).doesNotHaveDuplicates();
    }

    private static String next(RawClient reader) throws InterruptedException {
        return ReceivedFrame.next(reader).body();
    }

    private void fill() throws InterruptedException {
        try (ServerProcess server = ServerProcess.demo().data(data).start();
                Clients clients = new Clients(server.stompUri())) {
            RawClient publisher = clients.connect();
            for (DamagedStore damage : DamagedStore.values()) {
                for (int i = 0; i < MESSAGES; i++) {
                    Clients.send(publisher, "/queue/" + name(damage), body(i));
                }
            }
            server.kill();
        }
    }

    private static String name(DamagedStore damage) {
        return "damaged" + damage.name().replace("_", "");
    }

    private static String body(int number) {
        return "body number " + number;
    }
}
