/**
 * The state of this node, for operators: {@link io.stompline.monitoring.NodeState} reads it, MicroProfile Metrics
 * exports it at {@code /metrics}, to callers with a role only, and MicroProfile Health says whether the node is ready.
 * The only package that imports {@code org.eclipse.microprofile.metrics} and {@code org.eclipse.microprofile.health};
 * it does not count itself.
 */
package io.stompline.monitoring;
