/**
 * What consumes: a topic for the whole node, a queue, durable subscription or selector for one subscription, a reply
 * queue.
 *
 * <p>Moves from a lost link to the next, settles what was delivered. STOMP is not its business.
 */
package io.stompline.jms.feed;
