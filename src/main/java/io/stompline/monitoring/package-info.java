/**
 * What this node is doing now, for operators: {@link io.stompline.monitoring.NodeState} reads it, MicroProfile Metrics
 * exports it at {@code /metrics}, to callers with a role only, and MicroProfile Health says whether the node is ready.
 * The only package that imports {@code org.eclipse.microprofile.metrics} and {@code org.eclipse.microprofile.health};
 * what is counted is not its business.
 */
package io.stompline.monitoring;
