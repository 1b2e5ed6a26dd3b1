package io.stompline.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.stompline.LogLines;
import io.stompline.config.Settings;
import io.stompline.frame.Headers;
import io.stompline.routing.Destination;
import io.stompline.routing.Message;
import io.stompline.security.Access;
import io.stompline.security.Caller;
import io.stompline.security.TicketVerifier;
import io.stompline.session.opening.FirstMessage;
import io.stompline.session.port.Application;
import io.stompline.session.port.ClientRequest;
import io.stompline.session.port.SessionListener;
import io.stompline.session.port.SessionView;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class NodeTest {
    private static final Map<String, String> SETTINGS = Map.of(
            // Nobody listens there.
            "stompline.jms.address", "mqtcp://127.0.0.1:9/jms", "stompline.jms.request-timeout", "200");

    private final List<Thread> made = new CopyOnWriteArrayList<>();

    @Test
    void start_failureHalfWay_leavesNoThreadBehind() {
        assertThatThrownBy(() -> Node.start(settings(), ports(purpose -> {
                    if (purpose.equals("clock")) {
                        throw new IllegalStateException("no clock");
                    }
                    return this::thread;
                })))
                .hasMessage("no clock");
        assertThat(made).as("the one that connects to the message broker").isNotEmpty();
        await().untilAsserted(() -> assertThat(made).noneMatch(Thread::isAlive));
    }

    @Test
    void lastValue_whereABeanAnswers_isToldAtTheStart() {
        try (LogLines log = new LogLines(Keepers.class);
                Node node = Node.start(
                        settings(Map.of("stompline.last-value", "/topic/answered/*, /topic/prices/*")),
                        ports(purpose -> this::thread))) {
            node.keepers().tellAnswered(new NoHandlers());
            assertThat(log.all())
                    .containsExactly(
                            "where an @OnSubscribe bean answers, subscribers get its answer, not the last value"
                                    + " (/topic/answered/* of stompline.last-value)");
        }
    }

    @Test
    void lastValues_ofATopicWithoutThem_areRefused() {
        try (Node node = Node.start(
                settings(Map.of("stompline.last-value", "/topic/prices/*")), ports(purpose -> this::thread))) {
            assertThat(node.keepers().lastValues().of("/topic/prices/*")).isEmpty();
            for (String topic : List.of("/topic/**", "/topic/other", "prices", "/queue/prices/a")) {
                assertThatThrownBy(() -> node.keepers().lastValues().of(topic))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage("no rule of stompline.last-value matches all of " + topic);
            }
        }
    }

    @Test
    void close_endsEveryThread_alsoTwice() {
        Node node = Node.start(settings(), ports(purpose -> this::thread));
        assertThat(node.state().sessions().connections()).isZero();
        assertThat(node.state().topics()).isEmpty();
        assertThat(node.state().isBrokerAvailable()).isFalse();
        node.close();
        node.close();
        await().untilAsserted(() -> assertThat(made).noneMatch(Thread::isAlive));
    }

    @Test
    void close_aPartFails_theOthersAreClosed() {
        OpenParts parts = new OpenParts();
        List<String> closed = new CopyOnWriteArrayList<>();
        parts.add(() -> closed.add("first"));
        parts.add(() -> {
            throw new IllegalStateException("broken");
        });
        parts.add(() -> closed.add("last"));
        parts.close();
        assertThat(closed).containsExactly("last", "first");
    }

    private Thread thread(Runnable task) {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        made.add(thread);
        return thread;
    }

    private static NodeSettings settings() {
        return settings(Map.of());
    }

    private static NodeSettings settings(Map<String, String> more) {
        return NodeSettings.read(new Settings(key -> Optional.ofNullable(more.getOrDefault(key, SETTINGS.get(key)))));
    }

    private static NodePorts ports(Function<String, ThreadFactory> threads) {
        return new NodePorts(
                new Access.Ports(
                        credentials -> Optional.empty(),
                        TicketVerifier.NONE,
                        (caller, action, destination) -> Optional.empty()),
                new NoHandlers(),
                SessionListener.NONE,
                event -> {},
                Optional.empty(),
                Optional.empty(),
                threads);
    }

    private static final class NoHandlers implements Application {
        @Override
        public Optional<String> send(ClientRequest request) {
            throw new AssertionError(request);
        }

        @Override
        public void tellDenied(ClientRequest request, String detail) {
            throw new AssertionError(request);
        }

        @Override
        public Message problem(SessionView session, Headers headers, String problem, String detail) {
            throw new AssertionError(detail);
        }

        @Override
        public boolean permitsRenewal(Caller before, Caller after) {
            return false;
        }

        @Override
        public Set<String> roles() {
            return Set.of();
        }

        @Override
        public boolean admits(Caller caller, Destination subscribed) {
            return true;
        }

        @Override
        public boolean answersSubscribe(Destination destination) {
            return false;
        }

        @Override
        public boolean answersSome(Destination pattern) {
            return pattern.equals(Destination.topic("answered/*"));
        }

        @Override
        public Optional<FirstMessage> subscribe(ClientRequest request) {
            return Optional.empty();
        }
    }
}
