package io.stompline.e2e.support;

import io.stompline.server.Server;
import java.lang.reflect.Type;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.springframework.messaging.converter.MessageConverter;
import org.springframework.messaging.simp.stomp.StompCommand;
import org.springframework.messaging.simp.stomp.StompFrameHandler;
import org.springframework.messaging.simp.stomp.StompHeaders;
import org.springframework.messaging.simp.stomp.StompSession;
import org.springframework.messaging.simp.stomp.StompSession.Receiptable;
import org.springframework.messaging.simp.stomp.StompSession.Subscription;
import org.springframework.messaging.simp.stomp.StompSessionHandlerAdapter;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.web.socket.WebSocketHttpHeaders;
import org.springframework.web.socket.client.standard.StandardWebSocketClient;
import org.springframework.web.socket.messaging.WebSocketStompClient;

/** Spring's STOMP client with its one connection, and what it was told, for tests to wait for. */
public final class SpringClient implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** A message as Spring hands it over: text or bytes by the converter. */
    public record Received(StompHeaders headers, Object payload) {}

    private final ThreadPoolTaskScheduler scheduler = new ThreadPoolTaskScheduler();
    private final WebSocketStompClient client = new WebSocketStompClient(new StandardWebSocketClient());
    private final Handler handler = new Handler();
    private final URI endpoint;
    private CompletableFuture<StompSession> connecting = new CompletableFuture<>();

    /** Not connected yet; wants and promises a heart-beat every second. */
    public SpringClient(Server server, MessageConverter converter) {
        endpoint = server.stompUri();
        scheduler.initialize();
        client.setTaskScheduler(scheduler);
        client.setDefaultHeartbeat(new long[] {1_000, 1_000});
        client.setMessageConverter(converter);
    }

    /** Sends CONNECT; does not wait. */
    public SpringClient connect(String version, String passcode) {
        StompHeaders connect = new StompHeaders();
        connect.setAcceptVersion(version);
        connect.setHost("localhost");
        connect.setLogin("user1");
        connect.setPasscode(passcode);
        connecting = client.connectAsync(endpoint, new WebSocketHttpHeaders(), connect, handler);
        return this;
    }

    /** The session, once CONNECTED came. */
    public StompSession session() {
        return connecting.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
    }

    /** What CONNECTED said. */
    public StompHeaders connected() {
        session();
        return handler.connected.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
    }

    /** The headers of the ERROR frame. */
    public StompHeaders error() throws InterruptedException {
        return take(handler.errors);
    }

    /** How the connection broke. */
    public Throwable lost() throws InterruptedException {
        return take(handler.losses);
    }

    /** Subscribes and waits for the receipt. */
    public Subscription subscribe(String destination, String ack, Type payload, BlockingQueue<Received> to) {
        StompHeaders headers = new StompHeaders();
        headers.setDestination(destination);
        headers.setAck(ack);
        session().setAutoReceipt(true);
        Subscription subscription = session().subscribe(headers, new Collector(payload, to));
        awaitReceipt(subscription);
        return subscription;
    }

    /** Sends and waits for the receipt. */
    public void send(StompHeaders headers, Object payload) {
        session().setAutoReceipt(true);
        awaitReceipt(session().send(headers, payload));
    }

    /** Sends ACK or NACK and waits for the receipt. */
    public void acknowledge(Received message, boolean consumed) {
        StompHeaders headers = new StompHeaders();
        if (message.headers().getAck() == null) {
            headers.setMessageId(message.headers().getMessageId());
            headers.setSubscription(message.headers().getSubscription());
        } else {
            headers.setId(message.headers().getAck());
        }
        awaitReceipt(session().acknowledge(headers, consumed));
    }

    public static <T> T take(BlockingQueue<T> queue) throws InterruptedException {
        T taken = queue.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
        if (taken == null) {
            throw new AssertionError("nothing came within " + LIMIT);
        }
        return taken;
    }

    private static void awaitReceipt(Receiptable receiptable) {
        CompletableFuture<Void> receipt = new CompletableFuture<>();
        receiptable.addReceiptTask(() -> receipt.complete(null));
        receipt.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        if (connecting.isDone()
                && !connecting.isCompletedExceptionally()
                && session().isConnected()) {
            session().disconnect();
        }
        client.stop();
        scheduler.shutdown();
    }

    private record Collector(Type payload, BlockingQueue<Received> to) implements StompFrameHandler {
        @Override
        public Type getPayloadType(StompHeaders headers) {
            return payload;
        }

        @Override
        public void handleFrame(StompHeaders headers, Object body) {
            to.add(new Received(headers, body));
        }
    }

    private static final class Handler extends StompSessionHandlerAdapter {
        private final CompletableFuture<StompHeaders> connected = new CompletableFuture<>();
        private final BlockingQueue<StompHeaders> errors = new LinkedBlockingQueue<>();
        private final BlockingQueue<Throwable> losses = new LinkedBlockingQueue<>();

        @Override
        public void afterConnected(StompSession session, StompHeaders headers) {
            connected.complete(headers);
        }

        @Override
        public void handleFrame(StompHeaders headers, Object payload) {
            errors.add(headers);
        }

        @Override
        public void handleException(
                StompSession session, StompCommand command, StompHeaders headers, byte[] payload, Throwable problem) {
            losses.add(problem);
        }

        @Override
        public void handleTransportError(StompSession session, Throwable problem) {
            losses.add(problem);
        }
    }
}
