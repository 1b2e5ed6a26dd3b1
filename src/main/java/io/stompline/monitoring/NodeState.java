package io.stompline.monitoring;

import io.stompline.metrics.Meter;
import io.stompline.metrics.Metrics;
import io.stompline.routing.BrokerStore;
import io.stompline.routing.Destination;
import io.stompline.routing.MessageBus;
import io.stompline.routing.hub.Router;
import io.stompline.security.Admission;
import io.stompline.security.quota.StoreQuota;
import io.stompline.session.outbox.OutboxBudget;
import io.stompline.session.port.SessionDirectory;
import io.stompline.threads.LaneThreads;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * The present state of this node, one record for each question: read by metrics and statistics. Thread-safe;
 * does not block.
 */
public final class NodeState {
    private static final int MAX_SECONDS_AWAY = 5;

    private final SessionDirectory sessions;
    private final Admission admission;
    private final Router router;
    private final MessageBus bus;
    private final StoreQuota storeQuota;
    private final OutboxBudget budget;
    private final LaneThreads lanes;
    private final Metrics metrics;
    private final BooleanSupplier keptTakenOver;

    /** Counts as away before the first connection. */
    private volatile int secondsAway = MAX_SECONDS_AWAY;

    /**
     * Connections and sessions.
     *
     * @param connections that are open
     * @param loggedIn those of them that have logged in
     * @param subscriptions that these have
     * @param outboxBytes octets that wait for clients to read them
     */
    public record Sessions(int connections, int loggedIn, int subscriptions, long outboxBytes) {}

    /**
     * Traffic since the start.
     *
     * @param framesReceived from clients, heart-beats not counted
     * @param messagesSent MESSAGE frames that were queued for clients
     */
    public record Traffic(long framesReceived, long messagesSent) {}

    /**
     * The threads that carry out frames.
     *
     * @param busy threads at work
     * @param waiting connections whose turn waits for a thread
     */
    public record Lanes(int busy, int waiting) {}

    /**
     * Reads the state of these parts.
     *
     * @param keptTakenOver whether the node has what others keep of topics
     */
    public NodeState(
            SessionDirectory sessions,
            Admission admission,
            Router router,
            MessageBus bus,
            StoreQuota storeQuota,
            OutboxBudget budget,
            LaneThreads lanes,
            Metrics metrics,
            BooleanSupplier keptTakenOver) {
        this.sessions = sessions;
        this.admission = admission;
        this.router = router;
        this.bus = bus;
        this.storeQuota = storeQuota;
        this.budget = budget;
        this.lanes = lanes;
        this.metrics = metrics;
        this.keptTakenOver = keptTakenOver;
    }

    /** Connections and sessions; counts the sessions one by one. */
    public Sessions sessions() {
        SessionDirectory.Count count = sessions.count();
        return new Sessions(admission.connections(), count.sessions(), count.subscriptions(), budget.bytes());
    }

    /** How many subscribers each topic has on this node. */
    public Map<Destination, Integer> topics() {
        return router.subscribersByTopic();
    }

    /** Traffic since the start. */
    public Traffic traffic() {
        return new Traffic(
                metrics.counter(Meter.FRAMES_RECEIVED).value(),
                metrics.counter(Meter.MESSAGES_SENT).value());
    }

    /** The threads that carry out frames. */
    public Lanes lanes() {
        return new Lanes(lanes.busy(), lanes.waiting());
    }

    /** How full the message broker is; a message broker that does not tell is empty and has no limit. */
    public BrokerStore.Fill brokerStore() {
        return bus.store().fill().orElse(new BrokerStore.Fill(0, 0, 0, 0));
    }

    /** Whether the message broker has room for what clients send to queues. */
    public boolean isOpenForQueues() {
        return storeQuota.isOpen();
    }

    /** Whether the disk of the message broker was full when a message was last to be stored. */
    public boolean isDiskFull() {
        return bus.isDiskFull();
    }

    /** Whether the message broker can be reached. */
    public boolean isBrokerAvailable() {
        return bus.isAvailable();
    }

    /** Notes whether the message broker can be reached. Called once a second, by one thread. */
    public void noteBroker() {
        secondsAway = bus.isAvailable() ? 0 : Math.min(MAX_SECONDS_AWAY, secondsAway + 1);
    }

    /** Whether the message broker can be reached, or could a few seconds ago: a short doubt is no outage. */
    public boolean isBrokerReady() {
        return bus.isAvailable() || secondsAway < MAX_SECONDS_AWAY;
    }

    /** Whether the node has taken over what other nodes keep of topics, or there is nothing to be taken over. */
    public boolean isHistoryReady() {
        return keptTakenOver.getAsBoolean();
    }
}
