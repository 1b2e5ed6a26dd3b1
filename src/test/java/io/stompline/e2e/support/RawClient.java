package io.stompline.e2e.support;

import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A WebSocket that sends what it is told and hands out frames as text: for tests of the protocol on the wire. Where a
 * {@link Way} is registered as an extension, it is a session over plain HTTP in its place.
 */
public final class RawClient implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** Over what the clients of a test class go. */
    public enum Way implements BeforeAllCallback, AfterAllCallback {
        WEBSOCKET,
        /** One answer that goes on, see {@link HttpStomp#stream}. */
        STREAM,
        /** The answers to polls, see {@link HttpStomp#polling}. */
        POLLS;

        private static volatile Way current = WEBSOCKET;

        @Override
        public void beforeAll(ExtensionContext context) {
            current = this;
        }

        @Override
        public void afterAll(ExtensionContext context) {
            current = WEBSOCKET;
        }
    }

    /** What octets go over. */
    private interface Line {
        void send(String text);

        void sendBinary(byte[] octets);

        /** Asks for one more message, where that is needed. */
        void request();

        void close();
    }

    private final BlockingQueue<String> frames = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final Line line;
    private final AtomicInteger heartBeats = new AtomicInteger();
    private final AtomicInteger messages = new AtomicInteger();
    private volatile boolean reading = true;
    private volatile String closeReason = "";

    private RawClient(URI uri, WebSocket.Builder handshake) {
        WebSocket webSocket = handshake
                .subprotocols("v12.stomp", "v11.stomp", "v10.stomp")
                .buildAsync(uri, new Listener())
                .join();
        line = new Line() {
            @Override
            public void send(String text) {
                webSocket.sendText(text, true).join();
            }

            @Override
            public void sendBinary(byte[] octets) {
                webSocket.sendBinary(ByteBuffer.wrap(octets), true).join();
            }

            @Override
            public void request() {
                webSocket.request(1);
            }

            @Override
            public void close() {
                webSocket.abort();
            }
        };
    }

    /** Over HTTP. */
    private RawClient(HttpStomp http) {
        Taker taker = new Taker();
        Thread reader = new Thread(() -> {
            try {
                for (String piece = http.piece(); http.ending().isEmpty(); piece = http.piece()) {
                    messages.incrementAndGet();
                    taker.take(piece);
                }
                closeReason = http.ending().get().reason();
                closed.complete(http.ending().get().code());
            } catch (UncheckedIOException | AssertionError gone) {
                closed.completeExceptionally(gone);
            }
        });
        reader.setDaemon(true);
        reader.start();
        line = new Line() {
            @Override
            public void send(String text) {
                sendBinary(text.getBytes(StandardCharsets.UTF_8));
            }

            @Override
            public void sendBinary(byte[] octets) {
                http.sendAll(octets);
            }

            @Override
            public void request() {
                // The reader reads always.
            }

            @Override
            public void close() {
                http.leave();
            }
        };
    }

    public static RawClient open(URI uri) {
        if (Way.current == Way.STREAM) {
            return new RawClient(HttpStomp.stream(uri, "", Map.of()));
        }
        if (Way.current == Way.POLLS) {
            return new RawClient(HttpStomp.polling(uri, ""));
        }
        return new RawClient(uri, HttpClient.newHttpClient().newWebSocketBuilder());
    }

    /** Opens over TLS. */
    public static RawClient open(URI uri, SSLContext tls) {
        return new RawClient(
                uri, HttpClient.newBuilder().sslContext(tls).build().newWebSocketBuilder());
    }

    /** Opens with headers in the handshake. */
    public static RawClient open(URI uri, Map<String, String> headers) {
        WebSocket.Builder handshake = HttpClient.newHttpClient().newWebSocketBuilder();
        headers.forEach(handshake::header);
        return new RawClient(uri, handshake);
    }

    /** Opens and sends a CONNECT of that version as user1. */
    public static RawClient connected(URI uri, String version) throws InterruptedException {
        return open(uri).logIn(version);
    }

    /** Opens over TLS and sends a CONNECT as user1. */
    public static RawClient connected(URI uri, SSLContext tls) throws InterruptedException {
        return open(uri, tls).logIn("1.2");
    }

    private RawClient logIn(String version) throws InterruptedException {
        send("CONNECT\naccept-version:" + version + "\nhost:localhost\nlogin:user1\npasscode:user1\n\n\0");
        String answer = next();
        if (!answer.startsWith("CONNECTED\n")) {
            throw new AssertionError("no CONNECTED but " + answer);
        }
        return this;
    }

    public RawClient send(String text) {
        line.send(text);
        return this;
    }

    public RawClient sendBinary(byte[] bytes) {
        line.sendBinary(bytes);
        return this;
    }

    /** The next frame, without the NUL. */
    public String next() throws InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (System.nanoTime() < end) {
            boolean last = closed.isDone();
            String frame = frames.poll(last ? 0 : 100, TimeUnit.MILLISECONDS);
            if (frame != null) {
                return frame;
            }
            if (last) {
                throw new AssertionError("no frame but a closed connection");
            }
        }
        throw new AssertionError("no frame within " + LIMIT);
    }

    /** Takes nothing more from the socket, like a client that hangs. */
    public RawClient stopReading() {
        reading = false;
        return this;
    }

    /** Reads again after {@link #stopReading}. */
    public void readOn() {
        reading = true;
        line.request();
    }

    /** Whether no frame waits to be taken. */
    public boolean isIdle() {
        return frames.isEmpty();
    }

    /** Whether the server has neither closed the WebSocket nor lost it. */
    public boolean isOpen() {
        return !closed.isDone();
    }

    /** How many WebSocket messages came that hold nothing but a line end. */
    public int heartBeats() {
        return heartBeats.get();
    }

    /** How many WebSocket messages came. */
    public int messages() {
        return messages.get();
    }

    /** The close code of the server. */
    public int closeCode() {
        return closed.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
    }

    /** The reason beside {@link #closeCode()}. */
    public String closeReason() {
        closeCode();
        return closeReason;
    }

    @Override
    public void close() {
        line.close();
    }

    /** Takes pieces of frames. */
    private final class Taker {
        private final StringBuilder pending = new StringBuilder();

        void take(CharSequence data) {
            if (data.toString().isBlank() && pending.toString().isBlank()) {
                heartBeats.incrementAndGet();
            }
            pending.append(data);
            for (int nul = pending.indexOf("\0"); nul >= 0; nul = pending.indexOf("\0")) {
                frames.add(pending.substring(0, nul).stripLeading());
                pending.delete(0, nul + 1);
            }
        }
    }

    private final class Listener implements WebSocket.Listener {
        private final Taker taker = new Taker();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            count(last);
            taker.take(data);
            goOn(socket);
            return null;
        }

        @Override
        public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
            count(last);
            taker.take(StandardCharsets.ISO_8859_1.decode(data));
            goOn(socket);
            return null;
        }

        private void count(boolean last) {
            if (last) {
                messages.incrementAndGet();
            }
        }

        private void goOn(WebSocket socket) {
            if (reading) {
                socket.request(1);
            }
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            closeReason = reason;
            closed.complete(code);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            closed.completeExceptionally(error);
        }
    }
}
