package io.stompline.jms;

import io.stompline.bounds.OnceLog;
import io.stompline.config.Setting;
import io.stompline.jms.feed.LostMessages;
import io.stompline.jms.message.DestinationNames;
import io.stompline.jms.provider.DurableBacklogs;
import io.stompline.jms.provider.DurableBacklogs.Loss;
import io.stompline.metrics.Counter;
import io.stompline.metrics.Meter;
import io.stompline.metrics.Metrics;
import io.stompline.routing.BusException;
import io.stompline.routing.BusException.Reason;
import io.stompline.routing.Destination;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Bounds what each durable subscription keeps in the message broker, so that one that is left behind stops nobody.
 * Thread-safe.
 *
 * <p>It loses its oldest messages: whoever comes back wants to know how things are, and the newest say that. A quarter
 * of the bound goes at a time, so that a subscription without a client costs little.
 */
final class DurableBound {
    private static final Logger LOG = System.getLogger(DurableBound.class.getName());

    /** By so much less is kept each time that a topic stays full. */
    private static final int STEP = 4;

    private final long maxBytes;
    private final DurableBacklogs backlogs;
    private final HeldMessages held;
    private final DestinationNames names;
    private final LostMessages lost;
    private final Counter counter;
    private final OnceLog log = new OnceLog(LOG);

    /** Counts removals that made room in a topic. */
    private final AtomicInteger relieved = new AtomicInteger();

    /** @param maxBytes octets that a subscription may keep; 0 is no limit */
    DurableBound(
            long maxBytes,
            DurableBacklogs backlogs,
            HeldMessages held,
            DestinationNames names,
            LostMessages lost,
            Metrics metrics) {
        this.maxBytes = maxBytes;
        this.backlogs = backlogs;
        this.held = held;
        this.names = names;
        this.lost = lost;
        this.counter = metrics.counter(Meter.JMS_DURABLE_MESSAGES_LOST);
    }

    /** Enforces the bound; called now and then. */
    void enforce() {
        if (maxBytes > 0) {
            remove(() -> backlogs.trim(maxBytes, maxBytes - maxBytes / STEP));
        }
    }

    /**
     * Publishes. Where that fails because a topic is full, its largest backlogs are made smaller, and it is tried
     * again: many subscriptions within their bound can fill a topic together, and so can one between two calls of
     * {@link #enforce}.
     *
     * @param destinations of what is published
     * @param publication takes effect as a whole or not at all
     * @throws BusException of the publication
     */
    void publish(Collection<Destination> destinations, Runnable publication) {
        long kept = maxBytes;
        while (true) {
            int before = relieved.get();
            try {
                publication.run();
                return;
            } catch (BusException e) {
                kept = e.reason() == Reason.FULL ? relieve(destinations, kept, before) : kept;
                if (relieved.get() == before) {
                    throw e;
                }
            }
        }
    }

    /** A client consumes that subscription: the next loss is logged again. */
    void isUsed(String durableName) {
        log.mended(durableName);
    }

    /**
     * Leaves less and less to the subscriptions of these topics until one of them loses something.
     *
     * @param before the count of removals when the topic was found full: if there was one meanwhile, it may be enough
     * @return what is left to each now
     */
    private synchronized long relieve(Collection<Destination> destinations, long kept, int before) {
        if (kept > 0 && relieved.get() == before) {
            destinations.stream().filter(Destination::isTopic).forEach(topic -> held.endLargest(topic, maxBytes));
        }
        long next = kept;
        while (next > 0 && relieved.get() == before) {
            next /= STEP;
            for (Destination destination : destinations) {
                if (destination.isTopic()) {
                    trimTopic(destination, next);
                }
            }
        }
        return next;
    }

    private void trimTopic(Destination topic, long keptBytes) {
        String jmsName = names.jmsName(topic);
        if (remove(() -> backlogs.trimTopic(jmsName, keptBytes))) {
            relieved.incrementAndGet();
        }
    }

    /** Whether something was removed. A fault inside the message broker must not end our connection to it. */
    private boolean remove(Supplier<List<Loss>> removal) {
        List<Loss> losses = List.of();
        try {
            losses = removal.get();
            log.mended(DurableBacklogs.class);
        } catch (RuntimeException e) {
            log.log(
                    Level.WARNING,
                    DurableBacklogs.class,
                    "what is kept for durable subscriptions could not be looked at (" + Setting.DURABLE_MAX_BYTES.key()
                            + "); said once until it can",
                    e);
        }
        losses.forEach(this::note);
        return !losses.isEmpty();
    }

    private void note(Loss loss) {
        counter.add(loss.messages());
        lost.note(loss.durableName(), loss.messages());
        log.log(
                Level.WARNING,
                loss.durableName(),
                "the durable subscription " + loss.durableName() + " has lost its oldest messages, " + loss.messages()
                        + " for now, because too much was kept for it in the topic " + loss.topic() + " ("
                        + Setting.DURABLE_MAX_BYTES.key() + "); said once until it is used");
    }
}
