package io.stompline.app;

import io.stompline.metrics.Metrics;
import java.util.concurrent.ThreadFactory;
import java.util.function.Function;

/**
 * The means that any part of a node may be made with.
 *
 * @param threads makes threads for a purpose, see {@link NodePorts#threads}
 * @param metrics counters and gauges
 * @param open where it notes how it is closed
 */
record NodeBase(Function<String, ThreadFactory> threads, Metrics metrics, OpenParts open) {}
