package io.stompline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.e2e.support.Clients;
import io.stompline.e2e.support.RawClient;
import io.stompline.server.ServerProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A crash, and a damaged octet in the files of the message broker. */
class DamagedStoreIT {
    private static final String NAME = "damagedhere";
    private static final String QUEUE = "/queue/" + NAME;
    private static final int MESSAGES = 300;

    @TempDir
    private Path data;

    @Tag("long")
    @Test
    void subscribe_damagedStore_isAnErrorThatSaysSo() throws Exception {
        fill();
        damage();
        try (ServerProcess server = ServerProcess.demo().data(data).start();
                Clients clients = new Clients(server.stompUri())) {
            for (int i = 0; i < 3; i++) {
                assertDamaged(clients, "SUBSCRIBE\nid:s\ndestination:" + QUEUE + "\nreceipt:r\n\n\0");
                assertDamaged(clients, "SEND\ndestination:" + QUEUE + "\nreceipt:r\n\nx\0");
            }
            Clients.send(clients.connect(), "/queue/beside", "undisturbed");
            RawClient beside = clients.connect().send("SUBSCRIBE\nid:s\ndestination:/queue/beside\n\n\0");
            assertThat(beside.next()).endsWith("\n\nundisturbed");
            List<String> warnings = server.log().stream()
                    .filter(line -> line.contains("WARNING") && line.contains(NAME))
                    .toList();
            assertThat(warnings).hasSize(1).allMatch(line -> line.contains("is damaged"));
        }
    }

    private static void assertDamaged(Clients clients, String frame) throws InterruptedException {
        long start = System.nanoTime();
        RawClient client = clients.connect().send(frame);
        assertThat(client.next()).startsWith("ERROR\nmessage:destination damaged\nreceipt-id:r\n");
        assertThat(client.closeCode()).isEqualTo(1011);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }

    private void fill() throws InterruptedException {
        try (ServerProcess server = ServerProcess.demo().data(data).start();
                Clients clients = new Clients(server.stompUri())) {
            RawClient publisher = clients.connect();
            for (int i = 0; i < MESSAGES; i++) {
                publisher.send("SEND\ndestination:" + QUEUE + "\nreceipt:r" + i + "\n\nbody number " + i + "\0");
                assertThat(publisher.next()).startsWith("RECEIPT");
            }
            server.kill();
        }
    }

    /** The name of the destination in the header of one record, so that it is no UTF-8. */
    private void damage() throws IOException {
        Path file;
        try (Stream<Path> files = Files.walk(data.resolve("mq"))) {
            file = files.filter(path -> path.endsWith("Q" + NAME + "/vrfile"))
                    .findFirst()
                    .orElseThrow();
        }
        String content = Files.readString(file, StandardCharsets.ISO_8859_1);
        int name = content.lastIndexOf(NAME, content.indexOf("body number 150"));
        byte[] octets = content.getBytes(StandardCharsets.ISO_8859_1);
        octets[name] = (byte) 0xff;
        Files.write(file, octets);
    }
}
