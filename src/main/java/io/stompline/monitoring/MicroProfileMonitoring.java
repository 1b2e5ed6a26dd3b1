package io.stompline.monitoring;

import io.stompline.metrics.Counter;
import io.stompline.metrics.Metrics;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.metrics.MetricRegistry;

/** Shows counters and gauges as {@code stompline_…} among the application's own (MicroProfile Metrics 5.1). */
@ApplicationScoped
public class MicroProfileMonitoring implements Monitoring {
    private static final String PREFIX = "stompline_";

    @Inject
    private Instance<MetricRegistry> registries;

    private final Set<String> gauges = ConcurrentHashMap.newKeySet();
    private MetricRegistry registry;

    @PostConstruct
    void find() {
        registry = registries.get();
    }

    @Override
    public void show(Metrics metrics) {
        metrics.counters().forEach(this::show);
        metrics.gauges().forEach((name, value) -> {
            if (gauges.add(name)) {
                registry.gauge(PREFIX + name, value::getAsLong);
            }
        });
    }

    private void show(Counter counter) {
        var shown = registry.counter(PREFIX + counter.name());
        // A counter of the registry can only be told how many more there are.
        shown.inc(counter.value() - shown.getCount());
    }
}
