package io.stompline.monitoring;

import io.stompline.metrics.Metrics;

/** Port to whatever shows the numbers of this node. Thread-safe. */
public interface Monitoring {
    /** Shows what there is by now. Called every second or so; does not wait. */
    void show(Metrics metrics);
}
