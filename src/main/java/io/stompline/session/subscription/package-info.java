/**
 * The subscriptions of one connection: MESSAGE frames, what is unacknowledged, temporary queues.
 *
 * <p>Which frames ask for it is not its business.
 */
package io.stompline.session.subscription;
