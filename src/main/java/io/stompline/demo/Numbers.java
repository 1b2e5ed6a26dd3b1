package io.stompline.demo;

import io.stompline.api.PublishException;
import io.stompline.api.PublishOptions;
import io.stompline.api.StompEvent;
import io.stompline.api.StompPublisher;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Something to count: as long as a tab consumes a queue of its own, five messages a second go there, with the numbers
 * 1, 2, 3 and so on. While the message broker is away the numbers wait here.
 */
@ApplicationScoped
public class Numbers {
    private static final System.Logger LOG = System.getLogger(Numbers.class.getName());
    private static final Pattern QUEUES = Pattern.compile("/queue/numbers/[a-z0-9]{1,20}");
    private static final int MOST_QUEUES = 200;
    private static final Duration PERIOD = Duration.ofMillis(200);
    /** The messages that a closed tab leaves in its queue expire. */
    private static final Duration KEPT = Duration.ofMinutes(2);

    private static final String AGAIN_HEADER = "again";

    /** How far one queue is. On the thread of the timer only. */
    private static final class Progress {
        private final String queue;
        private long made;
        private long tried;
        private long taken;

        private Progress(String queue) {
            this.queue = queue;
        }
    }

    @Resource
    private ManagedScheduledExecutorService timer;

    @Inject
    private StompPublisher publisher;

    /** One queue of each session. */
    private final Map<String, Progress> queues = new ConcurrentHashMap<>();

    private ScheduledFuture<?> ticking;

    void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
        ticking = timer.scheduleAtFixedRate(this::tick, 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    @PreDestroy
    void stop() {
        ticking.cancel(false);
    }

    void begin(@Observes StompEvent.Subscribed event) {
        String destination = event.subscription().destination();
        if (QUEUES.matcher(destination).matches() && queues.size() < MOST_QUEUES) {
            queues.putIfAbsent(event.client().sessionId(), new Progress(destination));
        }
    }

    void end(@Observes StompEvent.Unsubscribed event) {
        String destination = event.subscription().destination();
        queues.computeIfPresent(
                event.client().sessionId(),
                (session, progress) -> progress.queue.equals(destination) ? null : progress);
    }

    private void tick() {
        for (Progress progress : queues.values()) {
            progress.made++;
            publish(progress);
        }
    }

    /** Outside of a transaction: when publish returns, the message broker has the message on its disk. */
    private void publish(Progress progress) {
        try {
            while (progress.taken < progress.made) {
                publishNext(progress);
            }
        } catch (PublishException away) {
            // The same number goes out again at the next tick.
        } catch (RuntimeException e) {
            // A timer that throws is not called again.
            LOG.log(System.Logger.Level.WARNING, "a number was not published", e);
        }
    }

    /** The message broker may have a number whose publish threw: who gets it twice is told by a mark. */
    private void publishNext(Progress progress) {
        long number = progress.taken + 1;
        String expires = Long.toString(System.currentTimeMillis() + KEPT.toMillis());
        PublishOptions options = PublishOptions.header("expires", expires);
        if (progress.tried == number) {
            options = options.withHeader(AGAIN_HEADER, "true");
        }
        progress.tried = number;
        publisher.publish(progress.queue, number, options);
        progress.taken = number;
    }
}
