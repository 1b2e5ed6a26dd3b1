package io.stompline.http;

import io.stompline.cluster.NodeChannel;
import io.stompline.frame.Body;
import io.stompline.frame.Headers;
import io.stompline.metrics.Counter;
import io.stompline.routing.BusException;
import io.stompline.routing.Message;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Brings requests to the node of their session, and the answers back: a balancer may send each to any node. A request
 * that gets no answer in 5 s is answered with 503; its client repeats it, which is harmless. Thread-safe.
 */
final class Relay {
    /** How long an answer may take. */
    static final Duration LONGEST_ANSWER = Duration.ofSeconds(5);

    /** So many octets of requests may wait for their answers; message brokers drop what topics cannot hold. */
    static final int MOST_OCTETS = 4 * 1024 * 1024;

    /** What a request counts beside its body. */
    private static final int HEAD_OCTETS = 1024;

    private static final System.Logger LOG = System.getLogger(Relay.class.getName());
    private static final int RETRY_AFTER_SECONDS = 1;

    /** Carries out a request that another node got. Must not wait for what is not there. */
    interface Target {
        void carryOut(RelayedRequest request, Consumer<Answer> answered);
    }

    private final NodeChannel channel;
    private final Executor threads;
    private final BiConsumer<Duration, Runnable> later;
    private final Counter relayed;
    private final Target target;
    private final Semaphore room = new Semaphore(MOST_OCTETS);
    private final AtomicLong ids = new AtomicLong();
    private final Map<String, Asked> asked = new ConcurrentHashMap<>();

    /**
     * Relays nothing before {@link #connect}.
     *
     * @param threads send and carry out; may wait for the message broker
     * @param later runs a short task after that time
     * @param relayed counts requests that other nodes are asked
     */
    Relay(NodeChannel channel, Executor threads, BiConsumer<Duration, Runnable> later, Counter relayed, Target target) {
        this.channel = channel;
        this.threads = threads;
        this.later = later;
        this.relayed = relayed;
        this.target = target;
    }

    /** Hears the other nodes. Called before the channel is joined. */
    void connect() {
        channel.receiveAtName(message -> threads.execute(() -> receive(message)));
    }

    /** What to answer to a request for a session of that node, which is not here; empty if the node can be asked. */
    Optional<Answer> refusal(String node) {
        if (node.equals(channel.name())) {
            return Optional.of(Answer.gone());
        }
        if (!channel.isConnected()) {
            return Optional.of(unavailable("this server has no message broker, and so no way to that of the session"));
        }
        return channel.others().contains(node) ? Optional.empty() : Optional.of(Answer.gone());
    }

    /**
     * Asks the node of a session.
     *
     * @param answered called once, on any thread
     */
    void ask(String node, RelayedRequest request, Consumer<Answer> answered) {
        int octets = Math.min(MOST_OCTETS, HEAD_OCTETS + request.octets().size());
        if (!room.tryAcquire(octets)) {
            answered.accept(unavailable("too much is on its way to the servers of other sessions; send this again"));
            return;
        }
        relayed.increment();
        String id = Long.toString(ids.incrementAndGet());
        Asked waiting = new Asked(id, octets, answered);
        asked.put(id, waiting);
        later.accept(
                LONGEST_ANSWER,
                () -> waiting.answer(unavailable("the server of this session has not answered; send this again")));
        threads.execute(() -> {
            if (!send(node, RelayFormat.request(id, channel.name(), request), request.octets())) {
                waiting.answer(unavailable("the message broker cannot be reached; send this again"));
            }
        });
    }

    private static Answer unavailable(String sentence) {
        return Answer.unavailable(RETRY_AFTER_SECONDS, sentence);
    }

    /** A request that waits for its answer. */
    private final class Asked {
        private final String id;
        private final int octets;
        private final Consumer<Answer> answered;
        private final AtomicBoolean over = new AtomicBoolean();

        Asked(String id, int octets, Consumer<Answer> answered) {
            this.id = id;
            this.octets = octets;
            this.answered = answered;
        }

        /** Unless it has another answer. */
        void answer(Answer answer) {
            if (over.compareAndSet(false, true)) {
                asked.remove(id);
                room.release(octets);
                answered.accept(answer);
            }
        }
    }

    private void receive(Message message) {
        try {
            String id = RelayFormat.id(message);
            if (RelayFormat.isAnswer(message)) {
                Optional.ofNullable(asked.get(id)).ifPresent(to -> to.answer(RelayFormat.answer(message)));
            } else {
                String asker = RelayFormat.asker(message);
                target.carryOut(RelayFormat.request(message), answer -> answer(asker, id, answer));
            }
        } catch (IllegalArgumentException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "another server relays what this one cannot read: {0}",
                    e.getMessage());
        }
    }

    /** Another thread may send it: the one that has the answer carries messages to clients. */
    private void answer(String asker, String id, Answer answer) {
        threads.execute(() -> send(asker, RelayFormat.answer(id, answer), RelayFormat.body(answer)));
    }

    private boolean send(String node, Headers headers, Body body) {
        try {
            channel.send(node, headers, body);
            return true;
        } catch (BusException e) {
            LOG.log(System.Logger.Level.DEBUG, "not relayed: {0}", e.getMessage());
            return false;
        }
    }
}
