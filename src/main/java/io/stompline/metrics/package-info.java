/**
 * Counts what happens on this node: counters and gauges named with their units. A leaf; how they are exported is not
 * its business.
 */
package io.stompline.metrics;
