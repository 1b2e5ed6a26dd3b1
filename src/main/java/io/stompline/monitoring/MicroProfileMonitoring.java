package io.stompline.monitoring;

import io.stompline.metrics.Counter;
import io.stompline.metrics.Meter;
import io.stompline.metrics.Metrics;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.MetricUnits;

/** Shows counters and gauges as {@code stompline_…} among the application's own (MicroProfile Metrics 5.1). */
@ApplicationScoped
public class MicroProfileMonitoring implements Monitoring {
    private static final String PREFIX = "stompline_";

    @Inject
    private Instance<MetricRegistry> registries;

    private final Set<Meter> gauges = ConcurrentHashMap.newKeySet();
    private MetricRegistry registry;

    @PostConstruct
    void find() {
        registry = registries.get();
    }

    @Override
    public void show(Metrics metrics) {
        metrics.counters().forEach(this::show);
        metrics.gauges().forEach((meter, value) -> {
            if (gauges.add(meter)) {
                registry.gauge(metadata(meter), value::getAsLong);
            }
        });
    }

    private void show(Meter meter, Counter counter) {
        var shown = registry.counter(metadata(meter));
        // A counter of the registry can only be told how many more there are.
        shown.inc(counter.value() - shown.getCount());
    }

    private static Metadata metadata(Meter meter) {
        return Metadata.builder()
                .withName(PREFIX + meter.key())
                .withDescription(meter.help())
                .withUnit(meter.unit().isEmpty() ? MetricUnits.NONE : meter.unit())
                .build();
    }
}
