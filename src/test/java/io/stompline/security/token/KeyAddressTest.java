package io.stompline.security.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a server of keys may answer. */
class KeyAddressTest {
    private final CountDownLatch end = new CountDownLatch(1);
    private final AtomicInteger elsewhere = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/keys", exchange -> answer(exchange, 200, "the keys"));
        server.createContext("/fault", exchange -> answer(exchange, 500, "a stack trace"));
        server.createContext("/long", exchange -> answer(exchange, 200, "x".repeat(KeySource.MAX_BYTES + 1)));
        server.createContext("/longest", exchange -> answer(exchange, 200, "x".repeat(KeySource.MAX_BYTES)));
        server.createContext("/elsewhere", exchange -> {
            elsewhere.incrementAndGet();
            answer(exchange, 200, "other keys");
        });
        server.createContext("/redirect", exchange -> {
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            answer(exchange, 302, "");
        });
        server.createContext("/silent", exchange -> awaitEnd());
        server.createContext("/half", exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write('x');
            exchange.getResponseBody().flush();
            awaitEnd();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        end.countDown();
        server.stop(0);
        threads.shutdown();
    }

    private void awaitEnd() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private String read(String path, Duration timeout) throws IOException {
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
        try (KeyAddress source = new KeyAddress(address, timeout)) {
            return source.read();
        }
    }

    private String read(String path) throws IOException {
        return read(path, Duration.ofSeconds(30));
    }

    @Test
    void keys_answer_isRead() throws IOException {
        assertThat(read("/keys")).isEqualTo("the keys");
        assertThat(read("/longest")).hasSize(KeySource.MAX_BYTES);
    }

    @ParameterizedTest
    @CsvSource({
        "/fault, the answer has the status 500",
        "/redirect, the answer has the status 302",
        "/long, the answer has more than 262144 octets"
    })
    void keys_otherAnswer_isAFault(String path, String fault) {
        assertThatThrownBy(() -> read(path)).isInstanceOf(IOException.class).hasMessageContaining(fault);
        assertThat(elsewhere).as("redirects are not followed").hasValue(0);
    }

    @ParameterizedTest
    @CsvSource({"/silent", "/half"})
    void keys_noWholeAnswer_isGivenUp(String path) {
        assertThatThrownBy(() -> read(path, Duration.ofMillis(300))).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "https://id.example/jwks, ''",
        "http://localhost:8080/jwks, ''",
        "http://127.0.0.1/jwks, ''",
        "http://[::1]/jwks, ''",
        "http://id.example/jwks, must be an https: address; http: is for localhost only",
        "http://localhost.evil.example/jwks, must be an https: address; http: is for localhost only",
        "https:///jwks, is an address without a host",
        "https:jwks, is an address without a host",
        "'https://id.example/a b', is no address",
        "/etc/keys.pem, ''"
    })
    void address_secureOrLocal_isTaken(String address, String fault) {
        assertThat(KeySource.fault(address).orElse("")).isEqualTo(fault);
    }

    @Test
    void address_inTheLog_hasNoSecret() {
        assertThat(KeySource.of("https://me:secret@id.example:8443/jwks?key=secret")
                        .name())
                .isEqualTo("https://id.example:8443/jwks");
    }
}
