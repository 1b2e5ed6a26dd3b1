package io.stompline.security.quota;

import io.stompline.bounds.RecentMap;
import io.stompline.config.Setting;
import io.stompline.routing.BrokerStore;
import io.stompline.routing.Destination;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Limits the messages that the message broker keeps for clients: those of each user in queues, and those of all
 * together, so that beans and live topics have room. Refuses nothing if the message broker does not tell its fill
 * level. Thread-safe; does not wait.
 */
public final class StoreQuota {
    /** Greatest age of the known fill level: at 100 MiB/s it is wrong by 2 MiB. */
    private static final long SAMPLE_NANOS = Duration.ofMillis(20).toNanos();

    /** Above it a topic is not only passing messages on: durable subscriptions keep them. */
    private static final int LIVE_TOPIC_BYTES = 1 << 20;

    /** A quarter of what a topic takes in the assembled server: delayed messages leave the rest to live ones. */
    private static final long MAX_DELAYED_BYTES = 8L << 20;

    private record Sample(boolean nearlyFull, boolean known, long nanos) {}

    private final long maxBytesPerUser;
    private final int maxPercent;
    private final BrokerStore store;
    private final LongSupplier nanoClock;
    private final Map<String, QueueLedger> byUser = new RecentMap<>(Quotas.REMEMBERED_USERS);
    private volatile Sample sample;

    StoreQuota(long maxBytesPerUser, int maxPercent, BrokerStore store, LongSupplier nanoClock) {
        this.maxBytesPerUser = maxBytesPerUser;
        this.maxPercent = maxPercent;
        this.store = store;
        this.nanoClock = nanoClock;
        this.sample = sample();
    }

    /** Whether clients may fill queues now. */
    public boolean isOpen() {
        return !current().nearlyFull();
    }

    /**
     * Counts a message that a client is about to send.
     *
     * @param destination a topic or queue; what else there is keeps nothing
     * @param delayed whether the message broker keeps the message for a while; a topic then holds it like a queue
     * @return why it must not; empty if it may
     */
    public Optional<Excess> admit(String user, Destination destination, int bodyBytes, boolean delayed) {
        return switch (destination.kind()) {
            case QUEUE -> isOpen() ? ofUser(user, destination, bodyBytes) : Optional.of(nearlyFull("queues"));
            case TOPIC -> delayed ? delayed(user, destination, bodyBytes) : passing(destination);
            case TEMP_QUEUE, USER, APP, PRESENCE -> Optional.empty();
        };
    }

    private Optional<Excess> delayed(String user, Destination topic, int bodyBytes) {
        if (!isOpen()) {
            return Optional.of(nearlyFull("later delivery"));
        }
        if (store.bytesIn(topic).orElse(0) > MAX_DELAYED_BYTES) {
            return Optional.of(new Excess(
                    Excess.Owner.BROKER,
                    "the topic keeps more than " + MAX_DELAYED_BYTES
                            + " octets already and takes nothing for later delivery; a queue takes more"));
        }
        return ofUser(user, topic, bodyBytes);
    }

    private Optional<Excess> passing(Destination topic) {
        return isOpen() || isLive(topic)
                ? Optional.empty()
                : Optional.of(nearlyFull("topics with durable subscriptions"));
    }

    private Optional<Excess> ofUser(String user, Destination destination, int bodyBytes) {
        if (maxBytesPerUser == 0 || !current().known() || ledger(user).admits(destination, bodyBytes)) {
            return Optional.empty();
        }
        return Optional.of(new Excess(
                Excess.Owner.USER,
                "more than " + maxBytesPerUser
                        + " octets that this user sent lie in queues or wait for their delivery ("
                        + Setting.QUEUE_MAX_BYTES_PER_USER.key() + ")"));
    }

    private QueueLedger ledger(String user) {
        synchronized (byUser) {
            return byUser.computeIfAbsent(user, name -> new QueueLedger(maxBytesPerUser, store));
        }
    }

    private boolean isLive(Destination topic) {
        return store.bytesIn(topic).orElse(0) <= LIVE_TOPIC_BYTES;
    }

    private Excess nearlyFull(String what) {
        return new Excess(
                Excess.Owner.BROKER,
                "the message broker is " + maxPercent + " % full and takes nothing for " + what + " from clients ("
                        + Setting.QUEUE_MAX_BROKER_PERCENT.key() + ")");
    }

    private Sample current() {
        Sample known = sample;
        if (nanoClock.getAsLong() - known.nanos() > SAMPLE_NANOS) {
            known = sample();
            sample = known;
        }
        return known;
    }

    private Sample sample() {
        Optional<BrokerStore.Fill> fill = store.fill();
        boolean nearlyFull = fill.isPresent() && fill.get().percent() >= maxPercent;
        return new Sample(nearlyFull, fill.isPresent(), nanoClock.getAsLong());
    }
}
