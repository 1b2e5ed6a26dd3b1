/** Counters and gauges of this node, named with their units. A leaf; does not export them. */
package io.stompline.metrics;
