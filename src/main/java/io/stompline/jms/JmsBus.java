package io.stompline.jms;

import io.stompline.config.JmsSettings;
import io.stompline.jms.feed.CommitRecords;
import io.stompline.jms.feed.FeedServices;
import io.stompline.jms.feed.LinkConsumer;
import io.stompline.jms.feed.OpenFeeds;
import io.stompline.jms.feed.RefusedMessages;
import io.stompline.jms.feed.ReplyQueue;
import io.stompline.jms.feed.SubscriptionFeed;
import io.stompline.jms.feed.TopicPump;
import io.stompline.jms.link.BackOff;
import io.stompline.jms.link.BrokerLink;
import io.stompline.jms.link.CurrentLink;
import io.stompline.jms.link.JmsConnections;
import io.stompline.jms.link.JmsFailures;
import io.stompline.jms.message.DestinationNames;
import io.stompline.jms.message.Destinations;
import io.stompline.jms.message.MessageReader;
import io.stompline.jms.message.MessageWriter;
import io.stompline.jms.provider.JmsProvider;
import io.stompline.metrics.Counter;
import io.stompline.metrics.Meter;
import io.stompline.metrics.Metrics;
import io.stompline.routing.BrokerStore;
import io.stompline.routing.BusException;
import io.stompline.routing.BusException.Reason;
import io.stompline.routing.Delivery;
import io.stompline.routing.Destination;
import io.stompline.routing.Feed;
import io.stompline.routing.FeedRequest;
import io.stompline.routing.Message;
import io.stompline.routing.MessageBus;
import io.stompline.routing.Receiver;
import io.stompline.routing.TransactionalBus;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The {@link MessageBus} over Jakarta Messaging.
 *
 * <p>Connects in the background and reconnects. Feeds survive a lost connection; calls fail at once
 * while there is none. Thread-safe.
 */
public final class JmsBus implements MessageBus, AutoCloseable {
    private final JmsProvider provider;
    private final CurrentLink current;
    private final JmsConnections connections;
    private final OpenFeeds open = new OpenFeeds();
    private final Destinations destinations;
    private final MessageReader reader;
    private final FeedServices feedServices;
    private final Publisher publisher;
    private final JmsTransactions transactions;
    private final MessageWriter writer;
    private final Metrics metrics;
    private final JmsFailures failures;
    private final PublishMetrics publishMetrics;
    private final DurableBound durableBound;
    private final int maxBodyBytes;

    /**
     * Begins to connect; does not wait.
     *
     * @param threads for the thread that keeps us connected and for short tasks
     */
    public JmsBus(JmsProvider provider, JmsSettings settings, Metrics metrics, ThreadFactory threads) {
        this.provider = provider;
        this.metrics = metrics;
        this.destinations = new Destinations(new DestinationNames(provider.dialect(), settings.deadMessageQueue()));
        this.current = new CurrentLink(settings.requestTimeout());
        this.failures = new JmsFailures(provider);
        this.connections = connections(settings, metrics, threads);
        this.reader = new MessageReader(destinations, metrics);
        Clock clock = Clock.systemUTC();
        RefusedMessages refused = new RefusedMessages(
                settings.deadMessageQueue(), settings.maxDeliveries(), settings.redeliveryDelay(), metrics, clock);
        CommitRecords commits = new CommitRecords();
        this.feedServices =
                new FeedServices(provider, destinations.names(), current, reader, refused, commits, threads);
        this.publishMetrics = new PublishMetrics(metrics);
        this.durableBound = new DurableBound(
                settings.durableMaxBytes(),
                provider.backlogs(),
                metrics,
                task -> threads.newThread(task).start());
        this.maxBodyBytes = settings.maxBodyBytes();
        this.writer = new MessageWriter(destinations, provider.dialect(), maxBodyBytes);
        this.publisher =
                new Publisher(current, failures, destinations, writer, publishMetrics, durableBound::makesRoom, clock);
        this.transactions = new JmsTransactions(current, publisher, commits);
        connections.start();
    }

    @Override
    public void publish(Message message) {
        publisher.publish(message);
    }

    @Override
    public void check(Message message) {
        try {
            writer.checkBody(message);
        } catch (BusException e) {
            throw publishMetrics.failed(e);
        }
    }

    @Override
    public void commit(List<Message> publications, List<Delivery> acknowledgements) {
        transactions.commit(publications, acknowledgements);
    }

    /**
     * The way for callers that have a JTA transaction.
     *
     * @param connectionFactory JNDI name of a connection factory of the container that takes part in transactions
     */
    public TransactionalBus inTransactions(String connectionFactory) {
        Destinations ofFactory = destinations.ofAnotherFactory();
        MessageWriter ofFactoryToo = new MessageWriter(ofFactory, provider.dialect(), maxBodyBytes);
        return new EnlistedPublisher(
                new EnlistedFactory(connectionFactory),
                ofFactory,
                ofFactoryToo,
                failures,
                publishMetrics,
                Clock.systemUTC());
    }

    @Override
    public Feed openTopic(Destination topic, Receiver<Message> receiver) {
        return open(new TopicPump(topic, destinations.names(), reader, receiver, open::remove));
    }

    @Override
    public Feed open(FeedRequest request, Receiver<Delivery> receiver) {
        request.durableName().ifPresent(name -> durableBound.take(name, receiver));
        try {
            return open(new SubscriptionFeed(request, feedServices, receiver, this::closed));
        } catch (RuntimeException e) {
            request.durableName().ifPresent(durableBound::leave);
            throw e;
        }
    }

    @Override
    public Feed openTemporaryQueue(Receiver<Message> receiver) {
        return open(new ReplyQueue(destinations.temporary(), reader, receiver, open::remove));
    }

    @Override
    public boolean isAvailable() {
        return current.isUp();
    }

    @Override
    public void checkAvailable() {
        current.check();
    }

    @Override
    public BrokerStore store() {
        return provider.store(destinations.names()::jmsName);
    }

    @Override
    public boolean isDiskFull() {
        return publisher.isDiskFull();
    }

    @Override
    public boolean isReserved(Destination destination) {
        return destinations.names().isReserved(destination);
    }

    /** Closes the connections and all feeds; unacknowledged messages are given back. */
    @Override
    public void close() {
        open.detachAll();
        connections.close();
    }

    private <F extends Feed & LinkConsumer> F open(F feed) {
        BrokerLink link = current.get();
        // First into the list, then on the link: if the link is lost in between, the next one finds the feed.
        open.add(feed);
        try {
            link.call(() -> feed.attach(link));
            open.opened(feed);
            return feed;
        } catch (RuntimeException e) {
            feed.close();
            countDamaged(e);
            throw e;
        }
    }

    private void countDamaged(RuntimeException failure) {
        if (failure instanceof BusException refusal && refusal.reason() == Reason.STORE_DAMAGED) {
            metrics.counter(Meter.JMS_SUBSCRIPTIONS_OF_DAMAGED).increment();
        }
    }

    private void closed(SubscriptionFeed feed) {
        open.remove(feed);
        feed.request().durableName().ifPresent(durableBound::leave);
    }

    private JmsConnections connections(JmsSettings settings, Metrics metrics, ThreadFactory threads) {
        Counter reconnects = metrics.counter(Meter.JMS_RECONNECTS);
        BackOff backOff = new BackOff(settings.reconnectMin(), settings.reconnectMax(), JmsBus::random);
        return new JmsConnections(
                number -> new BrokerLink(number, provider, settings, threads, failures, current),
                this::keepUp,
                backOff,
                current,
                reconnects::increment,
                threads);
    }

    private void keepUp(BrokerLink link) {
        open.attachAll(link);
        link.tidy();
        durableBound.enforce();
    }

    private static long random(long bound) {
        return ThreadLocalRandom.current().nextLong(bound);
    }
}
