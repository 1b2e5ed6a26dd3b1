package io.stompline.jms;

import io.stompline.bounds.OnceLog;
import io.stompline.config.Setting;
import io.stompline.jms.provider.DurableBacklogs;
import io.stompline.jms.provider.DurableBacklogs.Loss;
import io.stompline.metrics.Counter;
import io.stompline.metrics.Meter;
import io.stompline.metrics.Metrics;
import io.stompline.routing.BusException;
import io.stompline.routing.BusException.Reason;
import io.stompline.routing.Receiver;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Bounds what durable subscriptions keep in the message broker, so that one that its client left behind, or does not
 * acknowledge, does not fill its topic for everybody. Their oldest messages go, and a line in the log says so; whoever
 * holds too much unacknowledged has to end. Thread-safe.
 */
final class DurableBound implements DurableBacklogs.Listener {
    private static final Logger LOG = System.getLogger(DurableBound.class.getName());

    /** It looks at every message of large topics: SENDs to a topic that stays full must not do nothing else. */
    private static final long PAUSE_NANOS = Duration.ofMillis(100).toNanos();

    private final long maxBytes;
    private final DurableBacklogs backlogs;
    private final Counter lost;
    private final Executor tasks;
    private final AtomicBoolean running = new AtomicBoolean();
    private final OnceLog log = new OnceLog(LOG);
    private final Map<String, Receiver<?>> consumers = new ConcurrentHashMap<>();
    private volatile long doneNanos = System.nanoTime() - PAUSE_NANOS;

    /**
     * A bound that {@link #enforce} looks after.
     *
     * @param maxBytes octets that a subscription may keep; 0 is no limit
     * @param tasks runs the work, whose time grows with what is kept
     */
    DurableBound(long maxBytes, DurableBacklogs backlogs, Metrics metrics, Executor tasks) {
        this.maxBytes = maxBytes;
        this.backlogs = backlogs;
        this.tasks = tasks;
        this.lost = metrics.counter(Meter.JMS_DURABLE_MESSAGES_LOST);
    }

    /** Has the bound enforced, unless that is still under way; called now and then, does not wait. */
    void enforce() {
        if (maxBytes > 0 && running.compareAndSet(false, true)) {
            tasks.execute(this::trim);
        }
    }

    /**
     * Enforces the bound at once, because a topic is full: it has to have room for others before the next second. Waits
     * for it; does nothing if it was just done.
     *
     * @return whether it was done
     */
    boolean makesRoom() {
        long now = System.nanoTime();
        if (maxBytes == 0 || now - doneNanos < PAUSE_NANOS || !running.compareAndSet(false, true)) {
            return false;
        }
        trim();
        return true;
    }

    /** A fault inside the message broker does not leave this method. */
    private void trim() {
        try {
            backlogs.trim(maxBytes, this);
            log.mended(DurableBacklogs.class);
        } catch (RuntimeException e) {
            log.log(
                    Level.WARNING,
                    DurableBacklogs.class,
                    "the backlogs of durable subscriptions could not be trimmed (" + Setting.DURABLE_MAX_BYTES.key()
                            + "); said once until they can",
                    e);
        } finally {
            doneNanos = System.nanoTime();
            running.set(false);
        }
    }

    /**
     * A client begins to consume that subscription: the next loss is logged again.
     *
     * @throws BusException IN_USE
     */
    void take(String durableName, Receiver<?> consumer) {
        if (consumers.putIfAbsent(durableName, consumer) != null) {
            throw new BusException(Reason.IN_USE, "the durable subscription has an active consumer");
        }
        log.mended(durableName);
    }

    /** Nobody consumes that subscription any more. */
    void leave(String durableName) {
        consumers.remove(durableName);
    }

    @Override
    public void holdsTooMuch(String durableName) {
        Optional.ofNullable(consumers.get(durableName))
                .ifPresent(consumer -> consumer.overflowed(
                        "too many octets of a topic wait for the acknowledgement of this user's durable subscriptions ("
                                + Setting.DURABLE_MAX_BYTES.key() + ")"));
    }

    @Override
    public void lost(Loss loss) {
        lost.add(loss.messages());
        log.log(
                Level.WARNING,
                loss.durableName(),
                "the durable subscription " + loss.durableName() + " has lost its oldest messages, " + loss.messages()
                        + " for now, because too much was kept for it in the topic " + loss.topic() + " ("
                        + Setting.DURABLE_MAX_BYTES.key() + "); said once until it is used");
    }
}
