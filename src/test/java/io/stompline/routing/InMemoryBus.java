package io.stompline.routing;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * A message bus without a message broker, for tests: topics with patterns, queues with acknowledgement and redelivery,
 * durable subscriptions, temporary queues. It can go away and fail when told to. Thread-safe if its feeds have threads
 * of their own.
 *
 * <p>Selectors are of the form {@code name = 'value'}.
 */
public final class InMemoryBus implements MessageBus {
    /** How often a message is delivered before it goes to the dead message queue. */
    public static final int MAX_DELIVERIES = 5;

    /** What can be told to fail. */
    public enum Call {
        PUBLISH,
        COMMIT,
        OPEN_TOPIC,
        OPEN,
        OPEN_TEMPORARY_QUEUE,
        SETTLE
    }

    /** A topic subscription that keeps messages of its own. */
    private record Kept(FeedRequest request, InMemoryStore store) {}

    private final Supplier<Executor> threads;
    private final List<SharedFeed> shared = new ArrayList<>();
    private final List<Kept> kept = new ArrayList<>();
    private final Map<Destination, InMemoryStore> queues = new HashMap<>();
    private final Map<Call, RuntimeException> failures = new EnumMap<>(Call.class);
    private final Map<Destination, RuntimeException> closeFailures = new HashMap<>();
    private final List<String> log = new ArrayList<>();
    private final List<String> dead = new ArrayList<>();
    private boolean available = true;
    private boolean hopeless;
    private int lastId;

    /** A bus that delivers on the thread that publishes. One thread at a time. */
    public InMemoryBus() {
        Trampoline trampoline = new Trampoline();
        this.threads = () -> trampoline;
    }

    /** A bus whose feeds deliver on threads of their own. */
    public InMemoryBus(Supplier<Executor> threads) {
        this.threads = threads;
    }

    /** Lets the next such call fail. */
    public synchronized void failNext(Call call, RuntimeException failure) {
        failures.put(call, failure);
    }

    /** Lets the next end of a consumer of that topic fail. */
    public synchronized void failClose(String topic, RuntimeException failure) {
        closeFailures.put(Destination.parse(topic).orElseThrow(), failure);
    }

    /** The message broker cannot be reached from now on; what was delivered and not settled comes again. */
    public synchronized void goAway() {
        available = false;
        stores().forEach(InMemoryStore::takeBackAll);
    }

    /** The message broker cannot be reached and never will be. */
    public synchronized void goAwayForEver() {
        goAway();
        hopeless = true;
    }

    /** The message broker is back. */
    public synchronized void comeBack() {
        available = true;
        List.copyOf(shared).forEach(SharedFeed::interrupt);
        stores().forEach(InMemoryStore::dispatch);
    }

    /** What was opened, closed, published, committed and acknowledged, in order. */
    public synchronized List<String> log() {
        return List.copyOf(log);
    }

    /** Bodies that wait in a queue and are in nobody's hands. */
    public synchronized List<String> waiting(Destination queue) {
        return queue(queue).waiting();
    }

    /** Bodies of the dead messages. */
    public synchronized List<String> dead() {
        return List.copyOf(dead);
    }

    @Override
    public synchronized void publish(Message message) {
        enter(Call.PUBLISH);
        checkThere(message.destination());
        note("publish " + body(message));
        route(message);
    }

    @Override
    public synchronized void commit(List<Message> publications, List<Delivery> acknowledgements) {
        enter(Call.COMMIT);
        publications.forEach(message -> checkThere(message.destination()));
        if (acknowledgements.stream().anyMatch(Delivery::isGivenBack)) {
            throw new BusException(BusException.Reason.UNAVAILABLE, "a message was given back meanwhile");
        }
        note("commit " + publications.stream().map(InMemoryBus::body).toList());
        acknowledgements.forEach(Delivery::acknowledge);
        publications.forEach(this::route);
    }

    @Override
    public synchronized Feed openTopic(Destination topic, Receiver<Message> receiver) {
        enter(Call.OPEN_TOPIC);
        return share(topic, receiver);
    }

    @Override
    public synchronized Feed openTemporaryQueue(Receiver<Message> receiver) {
        enter(Call.OPEN_TEMPORARY_QUEUE);
        lastId++;
        return share(new Destination(Destination.Kind.TEMP_QUEUE, "made-" + lastId), receiver);
    }

    @Override
    public synchronized Feed open(FeedRequest request, Receiver<Delivery> receiver) {
        enter(Call.OPEN);
        var wanted = Matching.wanted(request);
        InMemoryStore store = store(request);
        if (request.durableName().isPresent() && store.isConsumed()) {
            throw new BusException(BusException.Reason.IN_USE, "another connection consumes it");
        }
        note("open " + request.destination());
        return store.consume(request, wanted, threads.get(), receiver);
    }

    /** As with OpenMQ: {@code mq}, {@code mq/…} and {@code mq.…}. */
    @Override
    public boolean isReserved(Destination destination) {
        return (destination.name().replace('/', '.') + ".").startsWith("mq.");
    }

    @Override
    public synchronized boolean isAvailable() {
        return available;
    }

    @Override
    public synchronized void checkAvailable() {
        if (hopeless) {
            throw new BusException(BusException.Reason.FAILED, "there is no message broker");
        }
        MessageBus.super.checkAvailable();
    }

    /** The body of a message as text. */
    public static String body(Message message) {
        return message.body().text().orElse("octets");
    }

    void note(String event) {
        log.add(event);
    }

    void addDead(Message message) {
        dead.add(body(message));
    }

    /** A topic's subscription is over, and with it what it kept. */
    void forget(InMemoryStore store) {
        kept.removeIf(subscription -> subscription.store() == store);
    }

    /** Fails if this call has to. */
    void enter(Call call) {
        if (!available) {
            throw new BusException(BusException.Reason.UNAVAILABLE, "the message broker cannot be reached");
        }
        RuntimeException failure = failures.remove(call);
        if (failure != null) {
            throw failure;
        }
    }

    private void checkThere(Destination destination) {
        if (destination.kind() == Destination.Kind.TEMP_QUEUE
                && shared.stream().noneMatch(feed -> feed.address().equals(destination))) {
            throw BusException.gone(destination);
        }
    }

    private void route(Message message) {
        lastId++;
        Destination to = message.destination();
        Message numbered = new Message(
                to, message.headers(), message.body(), message.origin(), message.audience(), "ID:" + lastId);
        if (to.kind() == Destination.Kind.QUEUE) {
            queue(to).add(numbered);
            return;
        }
        List.copyOf(shared).stream()
                .filter(feed -> Matching.matches(feed.address(), to))
                .forEach(feed -> feed.take(numbered));
        List.copyOf(kept).stream()
                .filter(subscription -> Matching.matches(subscription.request().destination(), to))
                .forEach(subscription -> subscription.store().add(numbered));
    }

    private InMemoryStore store(FeedRequest request) {
        if (request.destination().kind() == Destination.Kind.QUEUE) {
            return queue(request.destination());
        }
        Optional<Kept> known = kept.stream()
                .filter(subscription -> request.durableName().isPresent()
                        && request.durableName().equals(subscription.request().durableName()))
                .findFirst();
        return known.map(Kept::store).orElseGet(() -> {
            InMemoryStore store = new InMemoryStore(this);
            kept.add(new Kept(request, store));
            return store;
        });
    }

    private InMemoryStore queue(Destination queue) {
        return queues.computeIfAbsent(queue, unknown -> new InMemoryStore(this));
    }

    private List<InMemoryStore> stores() {
        List<InMemoryStore> all = new ArrayList<>(queues.values());
        kept.forEach(subscription -> all.add(subscription.store()));
        return all;
    }

    private Feed share(Destination address, Receiver<Message> receiver) {
        note("open " + address);
        SharedFeed feed = new SharedFeed(address, threads.get(), receiver);
        shared.add(feed);
        return feed;
    }

    /** A consumer whose messages need no acknowledgement. */
    private final class SharedFeed implements Feed {
        private final Destination address;
        private final Executor thread;
        private final Receiver<Message> receiver;

        SharedFeed(Destination address, Executor thread, Receiver<Message> receiver) {
            this.address = address;
            this.thread = thread;
            this.receiver = receiver;
        }

        void take(Message message) {
            thread.execute(() -> receiver.accept(message));
        }

        void interrupt() {
            receiver.interrupted();
        }

        @Override
        public Destination address() {
            return address;
        }

        @Override
        public void close() {
            synchronized (InMemoryBus.this) {
                RuntimeException failure = closeFailures.remove(address);
                if (failure != null) {
                    throw failure;
                }
                if (shared.remove(this)) {
                    note("close " + address);
                }
            }
        }

        @Override
        public void closeAndForget() {
            close();
        }
    }
}
