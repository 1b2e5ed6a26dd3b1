/**
 * The connections to the message broker: opened, watched, lost, opened again; sessions for publishing and for topics.
 *
 * <p>Knows nothing of the messages.
 */
package io.stompline.jms.link;
