package io.stompline.jms;

import io.stompline.bounds.OnceLog;
import io.stompline.config.Setting;
import io.stompline.jms.provider.DurableBacklogs;
import io.stompline.jms.provider.DurableBacklogs.Loss;
import io.stompline.metrics.Counter;
import io.stompline.metrics.Meter;
import io.stompline.metrics.Metrics;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Bounds what durable subscriptions keep in the message broker, so that one that its client left behind does not fill
 * its topic for everybody. Their oldest messages go, and a line in the log says so. Thread-safe.
 */
final class DurableBound {
    private static final Logger LOG = System.getLogger(DurableBound.class.getName());

    private final long maxBytes;
    private final DurableBacklogs backlogs;
    private final Counter lost;
    private final Executor tasks;
    private final AtomicBoolean running = new AtomicBoolean();
    private final OnceLog log = new OnceLog(LOG);

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

    /** A fault inside the message broker does not leave this method. */
    private void trim() {
        try {
            backlogs.trim(maxBytes, this::note);
            log.mended(DurableBacklogs.class);
        } catch (RuntimeException e) {
            log.log(
                    Level.WARNING,
                    DurableBacklogs.class,
                    "the backlogs of durable subscriptions could not be trimmed (" + Setting.DURABLE_MAX_BYTES.key()
                            + "); said once until they can",
                    e);
        } finally {
            running.set(false);
        }
    }

    /** A client consumes that subscription: the next loss is logged again. */
    void isUsed(String durableName) {
        log.mended(durableName);
    }

    private void note(Loss loss) {
        lost.add(loss.messages());
        log.log(
                Level.WARNING,
                loss.durableName(),
                "the durable subscription " + loss.durableName() + " has lost its oldest messages, " + loss.messages()
                        + " for now, because too much was kept for it in the topic " + loss.topic() + " ("
                        + Setting.DURABLE_MAX_BYTES.key() + "); said once until it is used");
    }
}
