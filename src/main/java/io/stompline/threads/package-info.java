/**
 * Threads and clocks of a node: work of a connection in order, the pool that carries it out, time that stands still
 * with the process.
 *
 * <p>A leaf; knows nothing of the tasks.
 */
package io.stompline.threads;
