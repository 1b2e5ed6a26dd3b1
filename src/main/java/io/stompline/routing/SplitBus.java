package io.stompline.routing;

import io.stompline.config.Setting;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** A bus of two: local topics stay on this node, everything else goes to the message broker. Thread-safe. */
public final class SplitBus implements MessageBus {
    private final MessageBus broker;
    private final InMemoryTopics local;
    private final LocalTopics localTopics;

    /**
     * The message broker, and local topics beside it.
     *
     * @param clock the time of day
     */
    public static MessageBus of(MessageBus broker, LocalTopics localTopics, InstantSource clock) {
        return new SplitBus(broker, new InMemoryTopics(clock), localTopics);
    }

    /**
     * The two in one.
     *
     * @param broker the message broker
     * @param localTopics what goes to {@code local}
     */
    SplitBus(MessageBus broker, InMemoryTopics local, LocalTopics localTopics) {
        this.broker = broker;
        this.local = local;
        this.localTopics = localTopics;
    }

    @Override
    public void publish(Message message) {
        if (localTopics.contain(message.destination())) {
            checkLocal(message);
            local.publish(message);
        } else {
            broker.publish(message);
        }
    }

    @Override
    public void check(Message message) {
        if (localTopics.contain(message.destination())) {
            checkLocal(message);
        } else {
            broker.check(message);
        }
    }

    /** Publishes to local topics when the message broker has accepted the rest; that cannot fail. */
    @Override
    public void commit(List<Message> publications, List<Delivery> acknowledgements) {
        List<Message> staying = new ArrayList<>();
        List<Message> leaving = new ArrayList<>();
        for (Message message : publications) {
            (localTopics.contain(message.destination()) ? staying : leaving).add(message);
        }
        staying.forEach(SplitBus::checkLocal);
        if (!leaving.isEmpty() || !acknowledgements.isEmpty()) {
            broker.commit(leaving, acknowledgements);
        }
        staying.forEach(local::publish);
    }

    @Override
    public Feed openTopic(Destination topic, Receiver<Message> receiver) {
        if (localTopics.contain(topic)) {
            return local.openTopic(topic, receiver);
        }
        if (topic.isPattern() && localTopics.mayContain(topic)) {
            return openBoth(topic, receiver);
        }
        return broker.openTopic(topic, receiver);
    }

    /** A selector or a durable subscription gets messages of the message broker only. */
    @Override
    public Feed open(FeedRequest request, Receiver<Delivery> receiver) {
        if (localTopics.contain(request.destination())) {
            throw new BusException(
                    BusException.Reason.BAD_HEADER,
                    "a topic of this node alone (" + Setting.LOCAL_TOPICS.key()
                            + ") knows no selectors and no durable subscriptions");
        }
        return broker.open(request, receiver);
    }

    @Override
    public Feed openTemporaryQueue(Receiver<Message> receiver) {
        return broker.openTemporaryQueue(receiver);
    }

    @Override
    public boolean isReserved(Destination destination) {
        return broker.isReserved(destination);
    }

    @Override
    public boolean isAvailable() {
        return broker.isAvailable();
    }

    @Override
    public void checkAvailable() {
        broker.checkAvailable();
    }

    @Override
    public BrokerStore store() {
        return broker.store();
    }

    @Override
    public boolean isDiskFull() {
        return broker.isDiskFull();
    }

    private static void checkLocal(Message message) {
        DeliveryDelay.checkNone(
                message.headers(), "a topic of this node alone (" + Setting.LOCAL_TOPICS.key() + ") delivers");
    }

    private Feed openBoth(Destination pattern, Receiver<Message> receiver) {
        Receiver<Message> oneAtATime = new Receiver<>() {
            @Override
            public synchronized void accept(Message message) {
                receiver.accept(message);
            }

            @Override
            public void interrupted() {
                receiver.interrupted();
            }
        };
        Feed ofBroker = broker.openTopic(pattern, oneAtATime);
        return new Both(ofBroker, local.openTopic(pattern, oneAtATime));
    }

    private record Both(Feed ofBroker, Feed ofLocal) implements Feed {
        @Override
        public Destination address() {
            return ofLocal.address();
        }

        @Override
        public void close() {
            ofLocal.close();
            ofBroker.close();
        }

        @Override
        public void closeAndForget() {
            close();
        }
    }
}
