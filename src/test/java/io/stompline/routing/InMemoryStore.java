package io.stompline.routing;

import io.stompline.frame.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Predicate;

/**
 * Messages that wait for one consumer each: a queue, or what a topic keeps for one subscription. Hands out as many as
 * {@link FeedRequest#prefetch}, and fetches none ahead. Guarded by its bus.
 */
final class InMemoryStore {
    private final InMemoryBus bus;
    private final List<Stored> waiting = new ArrayList<>();
    private final List<StoreFeed> feeds = new ArrayList<>();
    private long lastNumber;

    /** A message with how often it was delivered, and its place. */
    private record Stored(Message message, int deliveries, long number) {}

    InMemoryStore(InMemoryBus bus) {
        this.bus = bus;
    }

    void add(Message message) {
        lastNumber++;
        waiting.add(new Stored(message, 0, lastNumber));
        dispatch();
    }

    List<String> waiting() {
        return waiting.stream()
                .map(stored -> InMemoryBus.body(stored.message()))
                .toList();
    }

    boolean isConsumed() {
        return !feeds.isEmpty();
    }

    Feed consume(FeedRequest request, Predicate<Message> wanted, Executor thread, Receiver<Delivery> receiver) {
        StoreFeed feed = new StoreFeed(request, wanted, thread, receiver);
        feeds.add(feed);
        dispatch();
        return feed;
    }

    /** The connection is lost: everything that is not settled comes again. */
    void takeBackAll() {
        feeds.forEach(StoreFeed::takeBack);
    }

    /** Hands out what can be handed out, to one feed after the other. */
    void dispatch() {
        if (!bus.isAvailable()) {
            return;
        }
        // A consumer may come back here while it is handed a message.
        for (Stored next : List.copyOf(waiting)) {
            Optional<StoreFeed> taker =
                    feeds.stream().filter(feed -> feed.takes(next.message())).findFirst();
            if (taker.isPresent() && waiting.remove(next)) {
                feeds.remove(taker.get());
                feeds.add(taker.get());
                taker.get().handOut(next);
            }
        }
    }

    private void giveBack(Stored stored) {
        Stored again = new Stored(stored.message(), stored.deliveries() + 1, stored.number());
        int place = 0;
        while (place < waiting.size() && waiting.get(place).number() < stored.number()) {
            place++;
        }
        waiting.add(place, again);
    }

    /** One consumer. */
    private final class StoreFeed implements Feed {
        private final FeedRequest request;
        private final Predicate<Message> wanted;
        private final Executor thread;
        private final Receiver<Delivery> receiver;
        private final List<StoredDelivery> unsettled = new ArrayList<>();
        private Optional<Thread> receiving = Optional.empty();

        StoreFeed(FeedRequest request, Predicate<Message> wanted, Executor thread, Receiver<Delivery> receiver) {
            this.request = request;
            this.wanted = wanted;
            this.thread = thread;
            this.receiver = receiver;
        }

        boolean takes(Message message) {
            return unsettled.size() < request.prefetch() && wanted.test(message);
        }

        void handOut(Stored stored) {
            StoredDelivery delivery = new StoredDelivery(this, stored);
            unsettled.add(delivery);
            thread.execute(() -> {
                if (delivery.isOpen()) {
                    note(Optional.of(Thread.currentThread()));
                    receiver.accept(delivery);
                    note(Optional.empty());
                    if (!request.acknowledged()) {
                        delivery.acknowledge();
                    }
                }
            });
        }

        private void note(Optional<Thread> now) {
            synchronized (bus) {
                receiving = now;
                bus.notifyAll();
            }
        }

        /** As a session of Jakarta Messaging does when it is closed. */
        private void awaitReceiver() {
            synchronized (bus) {
                try {
                    while (receiving.isPresent() && receiving.get() != Thread.currentThread()) {
                        bus.wait();
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        void takeBack() {
            List<StoredDelivery> open = List.copyOf(unsettled);
            unsettled.clear();
            open.forEach(delivery -> giveBack(delivery.stored));
        }

        @Override
        public Destination address() {
            return request.destination();
        }

        @Override
        public void close() {
            synchronized (bus) {
                if (feeds.remove(this)) {
                    bus.note("close " + request.destination());
                    takeBack();
                    dispatch();
                }
                if (request.durableName().isEmpty()) {
                    bus.forget(InMemoryStore.this);
                }
            }
            awaitReceiver();
        }

        @Override
        public void closeAndForget() {
            synchronized (bus) {
                close();
                bus.forget(InMemoryStore.this);
            }
        }
    }

    /** One message in the hands of a consumer. */
    private final class StoredDelivery implements Delivery {
        private final StoreFeed feed;
        private final Stored stored;
        private boolean settled;

        StoredDelivery(StoreFeed feed, Stored stored) {
            this.feed = feed;
            this.stored = stored;
        }

        boolean isOpen() {
            synchronized (bus) {
                return feed.unsettled.contains(this);
            }
        }

        @Override
        public Message message() {
            Message message = stored.message();
            if (stored.deliveries() == 0) {
                return message;
            }
            Headers headers = new Headers.Builder()
                    .addAll(message.headers())
                    .add("redelivered", "true")
                    .build();
            return new Message(
                    message.destination(), headers, message.body(), message.origin(), message.audience(), message.id());
        }

        @Override
        public boolean isGivenBack() {
            synchronized (bus) {
                return !isOpen() && !settled;
            }
        }

        @Override
        public boolean acknowledge() {
            synchronized (bus) {
                if (settle()) {
                    bus.note("acknowledge " + InMemoryBus.body(stored.message()));
                    dispatch();
                }
                return settled;
            }
        }

        /** Whether it is settled now, and neither was before nor was given back. */
        private boolean settle() {
            if (!isOpen()) {
                return false;
            }
            bus.enter(InMemoryBus.Call.SETTLE);
            settled = feed.unsettled.remove(this);
            return settled;
        }

        @Override
        public boolean reject(boolean requeue, String reason) {
            synchronized (bus) {
                if (!settle()) {
                    return settled;
                }
                if (requeue && stored.deliveries() + 1 < InMemoryBus.MAX_DELIVERIES) {
                    giveBack(stored);
                } else {
                    bus.addDead(stored.message());
                }
                dispatch();
                return true;
            }
        }
    }
}
