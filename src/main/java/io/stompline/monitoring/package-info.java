/**
 * What this node is doing now, for operators: {@link io.stompline.monitoring.NodeState} reads it, MicroProfile Metrics
 * exports it at {@code /metrics}, to callers with a role only. The only package that imports {@code
 * org.eclipse.microprofile.metrics}; what is counted is not its business.
 */
package io.stompline.monitoring;
