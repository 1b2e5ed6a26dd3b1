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

/**
 * Bounds what durable subscriptions keep in the message broker, so that one that its client left behind does not fill
 * its topic for everybody. Their oldest messages go, and a line in the log says so. Thread-safe.
 */
final class DurableBound {
    private static final Logger LOG = System.getLogger(DurableBound.class.getName());

    private final long maxBytes;
    private final DurableBacklogs backlogs;
    private final Counter lost;
    private final OnceLog log = new OnceLog(LOG);

    /** @param maxBytes octets that a subscription may keep; 0 is no limit */
    DurableBound(long maxBytes, DurableBacklogs backlogs, Metrics metrics) {
        this.maxBytes = maxBytes;
        this.backlogs = backlogs;
        this.lost = metrics.counter(Meter.JMS_DURABLE_MESSAGES_LOST);
    }

    /** Enforces the bound; called now and then. A fault inside the message broker does not leave this method. */
    void enforce() {
        if (maxBytes == 0) {
            return;
        }
        try {
            backlogs.trim(maxBytes).forEach(this::note);
            log.mended(DurableBacklogs.class);
        } catch (RuntimeException e) {
            log.log(
                    Level.WARNING,
                    DurableBacklogs.class,
                    "what is kept for durable subscriptions could not be looked at (" + Setting.DURABLE_MAX_BYTES.key()
                            + "); said once until it can",
                    e);
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
