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

    /**
     * Name, help text and unit of a meter. Payara 6.2025.10 appends the unit to a name that does not end in it
     * ({@code stompline_bytes_sent_bytes_total}), so a unit is given only where the name has it already.
     */
    static Metadata metadata(Meter meter) {
        boolean isInTheName = !meter.unit().isEmpty() && meter.key().endsWith("_" + meter.unit());
        return Metadata.builder()
                .withName(PREFIX + meter.key())
                .withDescription(meter.help())
                .withUnit(isInTheName ? meter.unit() : MetricUnits.NONE)
                .build();
    }
}
