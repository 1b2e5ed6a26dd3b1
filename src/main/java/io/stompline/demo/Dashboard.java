package io.stompline.demo;

import io.stompline.api.OnSubscribe;
import io.stompline.api.PublishOptions;
import io.stompline.api.Snapshot;
import io.stompline.api.StompPublisher;
import io.stompline.api.StompSessions;
import io.stompline.api.StompStatistics;
import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.Timeout;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The dashboard: a timer publishes figures of the shop, of this JVM and of its Stompline node; a subscriber gets those
 * of the last two minutes first.
 */
@Singleton
@Startup
public class Dashboard {
    private static final int KEPT_SAMPLES = 120;
    private static final long PERIOD_MILLIS = 1_000;
    /** A local topic: figures are out of date after a second, so they need not go through Jakarta Messaging. */
    private static final String TOPIC = "/topic/local/dashboard";

    @Resource
    private TimerService timers;

    @Inject
    private StompPublisher publisher;

    @Inject
    private StompSessions sessions;

    @Inject
    private Orders orders;

    private final Deque<Sample> samples = new ArrayDeque<>();
    private StompStatistics last = new StompStatistics(0, 0, 0, 0);
    private long version;

    /** A timer by annotation may be due before Stompline has started, if the server is slow. */
    public void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
        timers.createIntervalTimer(0, PERIOD_MILLIS, new TimerConfig("figures", false));
    }

    /** Every second. */
    @Timeout
    public void tick() {
        StompStatistics counted = sessions.statistics();
        Sample sample = Sample.now(orders, last, counted);
        last = counted;
        samples.addLast(sample);
        if (samples.size() > KEPT_SAMPLES) {
            samples.removeFirst();
        }
        version++;
        publisher.publish(TOPIC, sample, PublishOptions.NONE.withVersion(version));
    }

    /** The samples of the last two minutes. */
    @OnSubscribe(TOPIC)
    public Snapshot history() {
        return Snapshot.upTo(version, List.copyOf(samples));
    }
}
