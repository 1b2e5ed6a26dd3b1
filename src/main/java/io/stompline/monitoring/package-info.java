/**
 * Shows the numbers of {@code metrics} to those who watch the server: by MicroProfile Metrics, at {@code /metrics}, and
 * only to callers with a role. The only package that imports {@code org.eclipse.microprofile.metrics}; what is counted
 * is not its business.
 */
package io.stompline.monitoring;
