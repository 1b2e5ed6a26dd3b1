package io.stompline.app;

import io.stompline.cluster.NodeChannel;
import io.stompline.metrics.Metrics;
import java.util.concurrent.ThreadFactory;
import java.util.function.Function;

/**
 * The means that any part of a node may be made with.
 *
 * @param threads makes threads for a purpose, see {@link NodePorts#threads}
 * @param metrics counters and gauges
 * @param channel tells the other nodes, and hears them
 * @param open where it notes how it is closed
 */
record NodeBase(Function<String, ThreadFactory> threads, Metrics metrics, NodeChannel channel, OpenParts open) {}
