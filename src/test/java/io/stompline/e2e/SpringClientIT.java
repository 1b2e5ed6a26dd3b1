package io.stompline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stompline.e2e.support.SharedServer;
import io.stompline.e2e.support.SpringClient;
import io.stompline.e2e.support.SpringClient.Received;
import io.stompline.server.Server;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.messaging.converter.ByteArrayMessageConverter;
import org.springframework.messaging.converter.StringMessageConverter;
import org.springframework.messaging.simp.stomp.ConnectionLostException;
import org.springframework.messaging.simp.stomp.StompHeaders;
import org.springframework.messaging.simp.stomp.StompSession;
import org.springframework.util.MimeTypeUtils;

/** Spring's {@code WebSocketStompClient}, a client that knows nothing of Stompline, against the server. */
@Tag(Server.ANY)
@ExtendWith(SharedServer.class)
class SpringClientIT {
    private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();

    @ParameterizedTest
    @ValueSource(strings = {"1.1", "1.2"})
    void spring_text_isExchangedWithReceipts(String version) throws InterruptedException {
        try (SpringClient client = text().connect(version, "user1")) {
            assertThat(client.connected().getFirst("version")).isEqualTo(version);
            client.subscribe("/topic/spring." + version, "auto", String.class, received);
            StompHeaders headers = to("/topic/spring." + version);
            headers.setContentType(MimeTypeUtils.TEXT_PLAIN);
            headers.add("colour", "red: \\ and\nblue");
            client.send(headers, "größe");
            Received message = SpringClient.take(received);
            assertThat(message.payload()).isEqualTo("größe");
            assertThat(message.headers().getFirst("colour")).isEqualTo("red: \\ and\nblue");
            assertThat(message.headers().getContentType()).isEqualTo(MimeTypeUtils.TEXT_PLAIN);
        }
    }

    @Test
    void spring_bytes_areExchangedInBinaryMessages() throws InterruptedException {
        byte[] bytes = new byte[10_000];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        try (SpringClient client = binary().connect("1.2", "user1")) {
            client.subscribe("/queue/spring.bytes", "auto", byte[].class, received);
            StompHeaders headers = to("/queue/spring.bytes");
            headers.setContentType(MimeTypeUtils.APPLICATION_OCTET_STREAM);
            client.send(headers, bytes);
            assertThat((byte[]) SpringClient.take(received).payload()).isEqualTo(bytes);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1", "1.2"})
    void spring_unacknowledged_isKept(String version) throws InterruptedException {
        String queue = "/queue/spring.ack." + version;
        try (SpringClient client = text().connect(version, "user1")) {
            client.subscribe(queue, "client-individual", String.class, received);
            client.send(to(queue), "kept");
            client.send(to(queue), "done");
            Received kept = SpringClient.take(received);
            Received done = SpringClient.take(received);
            assertThat(done.payload()).isEqualTo("done");
            client.acknowledge(done, true);
            client.acknowledge(kept, false);
            Received again = SpringClient.take(received);
            assertThat(again.payload()).isEqualTo("kept");
            assertThat(again.headers().getFirst("redelivered")).isEqualTo("true");
        }
        try (SpringClient other = text().connect(version, "user1")) {
            other.subscribe(queue, "auto", String.class, received);
            other.send(to(queue), "last");
            assertThat(SpringClient.take(received).payload()).isEqualTo("kept");
            assertThat(SpringClient.take(received).payload()).isEqualTo("last");
        }
    }

    @Test
    void spring_unsubscribe_endsItsMessages() throws InterruptedException {
        try (SpringClient client = text().connect("1.2", "user1")) {
            BlockingQueue<Received> left = new LinkedBlockingQueue<>();
            StompSession.Subscription leaving = client.subscribe("/topic/spring.leave", "auto", String.class, left);
            client.subscribe("/topic/spring.leave", "auto", String.class, received);
            leaving.unsubscribe();
            client.send(to("/topic/spring.leave"), "hello");
            assertThat(SpringClient.take(received).payload()).isEqualTo("hello");
            assertThat(left).isEmpty();
        }
    }

    @Test
    void spring_heartBeats_keepTheConnection() {
        try (SpringClient client = text().connect("1.2", "user1")) {
            // Without a heart-beat a second the server gives up after three, and so does Spring.
            assertThat(client.connected().getHeartbeat()).containsExactly(1_000, 1_000);
            await().during(Duration.ofSeconds(8)).atMost(Duration.ofSeconds(30)).until(client.session()::isConnected);
        }
    }

    @Test
    void spring_wrongPasscode_isTold() throws InterruptedException {
        try (SpringClient client = text().connect("1.2", "wrong")) {
            assertThat(client.error().getFirst("message")).isEqualTo("access refused");
            assertThat(client.lost()).isInstanceOf(ConnectionLostException.class);
        }
    }

    @Test
    void spring_wrongFrame_isTold() throws InterruptedException {
        try (SpringClient client = text().connect("1.2", "user1")) {
            StompHeaders headers = to("nowhere");
            headers.setReceipt("r1");
            client.session().send(headers, "lost");
            assertThat(client.error().getReceiptId()).isEqualTo("r1");
            assertThat(client.lost()).isInstanceOf(ConnectionLostException.class);
        }
    }

    private static SpringClient text() {
        return new SpringClient(SharedServer.server(), new StringMessageConverter(StandardCharsets.UTF_8));
    }

    private static SpringClient binary() {
        return new SpringClient(SharedServer.server(), new ByteArrayMessageConverter());
    }

    private static StompHeaders to(String destination) {
        StompHeaders headers = new StompHeaders();
        headers.setDestination(destination);
        return headers;
    }
}
