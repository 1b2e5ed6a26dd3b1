/**
 * Consumers: a topic for the whole node, a queue, durable subscription or selector for one subscription, a reply queue.
 *
 * <p>Moves from a lost link to the next, settles deliveries. Knows nothing of STOMP.
 */
package io.stompline.jms.feed;
