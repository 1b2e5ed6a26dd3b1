/**
 * The connections to the message broker: opened, watched, lost, opened again; sessions for publishing and for topics.
 *
 * <p>Which messages travel over them is not its business.
 */
package io.stompline.jms.link;
