package io.stompline.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stompline.cluster.NodeChannel;
import io.stompline.frame.Body;
import io.stompline.http.SessionPath.Deed;
import io.stompline.metrics.Meter;
import io.stompline.metrics.Metrics;
import io.stompline.routing.InMemoryBus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RelayTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final InMemoryBus bus = new InMemoryBus(() -> (Executor) Runnable::run);
    private final NodeChannel left = new NodeChannel();
    private final NodeChannel right = new NodeChannel();
    private final NodeChannel third = new NodeChannel();
    private final Metrics metrics = new Metrics();

    /** Requests that the right node was asked, and who waits for the answers. */
    private final List<RelayedRequest> asked = new ArrayList<>();

    private final List<Consumer<Answer>> waiting = new ArrayList<>();

    /** What the left node does later. */
    private final List<Runnable> later = new ArrayList<>();

    private final List<Answer> answers = new ArrayList<>();

    private final Relay relay = new Relay(
            left,
            Runnable::run,
            (delay, task) -> later.add(task),
            metrics.counter(Meter.HTTP_REQUESTS_RELAYED),
            (request, answered) -> {});

    @BeforeEach
    void join() {
        relay.connect();
        target(right, (request, answered) -> {
                    asked.add(request);
                    waiting.add(answered);
                })
                .connect();
        target(third, (request, answered) -> answered.accept(Answer.conflict("asked the wrong node")))
                .connect();
        left.join(bus, "left");
        right.join(bus, "right");
        third.join(bus, "third");
        await().atMost(LIMIT)
                .until(() -> left.isConnected()
                        && left.others().size() == 2
                        && right.others().size() == 2);
    }

    private Relay target(NodeChannel channel, Relay.Target target) {
        return new Relay(
                channel,
                Runnable::run,
                (delay, task) -> {},
                new Metrics().counter(Meter.HTTP_REQUESTS_RELAYED),
                target);
    }

    @AfterEach
    void leave() {
        left.close();
        right.close();
        third.close();
    }

    @Test
    void ask_request_comesToTheNodeOfItsSessionAsItIs() {
        RelayedRequest request = new RelayedRequest(
                "right.abc", Deed.UP, 7, Optional.of("secret"), Optional.of("Zoë"), Body.of(new byte[] {0, -1, 10}));
        relay.ask("right", request, answers::add);
        assertThat(asked).containsExactly(request);
        assertThat(request).asString().isEqualTo("UP 7 of right.abc");
        assertThat(answers).isEmpty();
        waiting.get(0).accept(Answer.done());
        assertThat(answers).extracting(Answer::status).containsExactly(204);
        assertThat(metrics.counter(Meter.HTTP_REQUESTS_RELAYED).value()).isEqualTo(1);
    }

    @Test
    void answer_ofEachKind_arrivesAsItIs() {
        for (Answer answer : List.of(
                Answer.events("data: Grüße\n\n"),
                Answer.events(""),
                Answer.gone(),
                Answer.unavailable(3, "too fast"),
                Answer.forbidden("not yours"))) {
            answers.clear();
            poll("right");
            waiting.remove(0).accept(answer);
            Answer arrived = answers.get(0);
            assertThat(arrived.status()).isEqualTo(answer.status());
            assertThat(arrived.text()).isEqualTo(answer.text());
            assertThat(arrived.type()).isEqualTo(answer.type());
            assertThat(arrived.headers().get(Answer.RETRY_AFTER))
                    .isEqualTo(answer.headers().get(Answer.RETRY_AFTER));
        }
    }

    @Test
    void ask_answersInAnotherOrder_comeToTheirRequests() {
        List<Answer> second = new ArrayList<>();
        poll("right");
        relay.ask("right", request(Deed.UP, Body.empty()), second::add);
        waiting.get(1).accept(Answer.done());
        waiting.get(0).accept(Answer.events(""));
        assertThat(answers).extracting(Answer::status).containsExactly(200);
        assertThat(second).extracting(Answer::status).containsExactly(204);
    }

    @Test
    void ask_noAnswerInTime_isUnavailableAndALateAnswerIsNone() {
        poll("right");
        later.forEach(Runnable::run);
        waiting.get(0).accept(Answer.done());
        assertThat(answers).extracting(Answer::status).containsExactly(503);
        assertThat(answers.get(0).headers()).containsKey(Answer.RETRY_AFTER);
    }

    @Test
    void ask_messageBrokerAway_isUnavailable() {
        bus.goAway();
        poll("right");
        assertThat(answers).extracting(Answer::status).containsExactly(503);
        assertThat(relay.refusal("right")).map(Answer::status).contains(503);
        bus.comeBack();
        assertThat(relay.refusal("right")).isEmpty();
    }

    @Test
    void refusal_nodeThatIsNone_isGone() {
        assertThat(relay.refusal("left")).map(Answer::status).contains(410);
        assertThat(relay.refusal("nobody")).map(Answer::status).contains(410);
        assertThat(relay.refusal("right")).isEmpty();
        NodeChannel guest = new NodeChannel();
        guest.join(bus, "guest");
        await().atMost(LIMIT).until(() -> relay.refusal("guest").isEmpty());
        guest.close();
        assertThat(relay.refusal("guest")).map(Answer::status).contains(410);
    }

    @Test
    void ask_tooMuchUnderWay_isUnavailableUntilThereIsRoom() {
        Body large = Body.of(new byte[Relay.MOST_OCTETS / 2]);
        relay.ask("right", request(Deed.UP, large), answers::add);
        relay.ask("right", request(Deed.UP, large), answers::add);
        assertThat(answers).extracting(Answer::status).containsExactly(503);
        waiting.remove(0).accept(Answer.done());
        relay.ask("right", request(Deed.UP, large), answers::add);
        later.forEach(Runnable::run);
        relay.ask("right", request(Deed.UP, Body.of(new byte[2 * Relay.MOST_OCTETS])), answers::add);
        waiting.get(1).accept(Answer.done());
        assertThat(answers).extracting(Answer::status).containsExactly(503, 204, 503, 204);
    }

    private void poll(String node) {
        relay.ask(node, request(Deed.POLL, Body.empty()), answers::add);
    }

    private static RelayedRequest request(Deed deed, Body octets) {
        return new RelayedRequest("right.abc", deed, 1, Optional.of("secret"), Optional.empty(), octets);
    }
}
