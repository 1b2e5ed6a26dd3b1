package io.stompline.http;

import io.stompline.cluster.NodeChannel;
import io.stompline.gateway.StompGateway;
import io.stompline.metrics.Meter;
import io.stompline.metrics.Metrics;
import io.stompline.threads.Threads;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The way to sessions of other nodes, and theirs to those of this one. Thread-safe. */
@ApplicationScoped
public class OtherNodes {
    /** The answer is under way when the node that asks gives up waiting. */
    private static final Duration LONGEST_POLL = Duration.ofSeconds(3);

    private static final int THREADS = 4;
    private static final Duration IDLE_THREADS = Duration.ofSeconds(10);

    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            THREADS,
            THREADS,
            IDLE_THREADS.toMillis(),
            TimeUnit.MILLISECONDS,
            new LinkedBlockingQueue<>(),
            Threads.plain("relay"),
            // At the end of the application: nobody waits for an answer any more.
            new ThreadPoolExecutor.DiscardPolicy());

    @Inject
    private HttpConnections connections;

    @Inject
    private HttpSettings settings;

    /** Empty until the start, and if there is no fallback. */
    private volatile Optional<Relay> relay = Optional.empty();

    /** Hears other nodes, before this one joins them. */
    void start(
            @Observes @Initialized(ApplicationScoped.class) @Priority(Interceptor.Priority.LIBRARY_BEFORE + 1)
                    Object event,
            NodeChannel channel,
            StompGateway gateway,
            Metrics metrics) {
        threads.allowCoreThreadTimeOut(true);
        if (settings.offered()) {
            Relay started = new Relay(
                    channel, threads, gateway::later, metrics.counter(Meter.HTTP_REQUESTS_RELAYED), this::carryOut);
            started.connect();
            relay = Optional.of(started);
        }
    }

    @PreDestroy
    void stop() {
        threads.shutdownNow();
    }

    /** What to answer to a request for a session of that node, which is not here; empty if the node can be asked. */
    Optional<Answer> refusal(String node) {
        return relay.isPresent() ? relay.get().refusal(node) : Optional.of(Answer.gone());
    }

    /** Asks the node of a session, see {@link Relay#ask}. */
    void ask(String node, RelayedRequest request, Consumer<Answer> answered) {
        relay.ifPresent(there -> there.ask(node, request, answered));
    }

    private void carryOut(RelayedRequest request, Consumer<Answer> answered) {
        Optional<HttpConnection> known = connections.find(request.session());
        if (known.isEmpty()) {
            answered.accept(request.deed().withoutSession(Answer.gone()));
            return;
        }
        HttpConnection connection = known.get();
        Optional<Answer> atOnce = connection
                .refusal(request.secret(), request.user())
                .map(Answer::forbidden)
                .or(() -> carryOut(connection, request, answered));
        atOnce.ifPresent(answered);
    }

    private Optional<Answer> carryOut(HttpConnection connection, RelayedRequest request, Consumer<Answer> answered) {
        return switch (request.deed()) {
            case UP -> Optional.of(send(connection, request));
            case POLL -> connection.poll(request.number(), new RelayedPoll(answered));
            case CLOSE -> {
                connection.session().leave();
                yield Optional.of(Answer.done());
            }
        };
    }

    private Answer send(HttpConnection connection, RelayedRequest request) {
        int maxBytes = settings.maxBytes(connection.session().isConnected());
        return request.octets().size() > maxBytes
                ? Answer.tooLarge(maxBytes)
                : connection.sendNow(
                        request.number(), ByteBuffer.wrap(request.octets().toBytes()));
    }

    /** A poll that waits at another node. */
    private record RelayedPoll(Consumer<Answer> answered) implements PollWire.Poll {
        @Override
        public void answer(byte[] events, Consumer<Boolean> taken) {
            answered.accept(Answer.events(new String(events, StandardCharsets.UTF_8)));
            taken.accept(true);
        }

        @Override
        public Duration longest() {
            return LONGEST_POLL;
        }
    }
}
