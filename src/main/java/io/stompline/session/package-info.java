/**
 * The protocol state of one connection: the effect of each frame, subscriptions, unacknowledged messages, transactions,
 * waiting frames, and the end of the connection.
 *
 * <p>Plain Java. {@link io.stompline.session.StompSession} drives the ports of {@code routing} and {@code security};
 * the transport is behind {@link io.stompline.session.outbox.Wire}. One connection's frames are handled one after the
 * other on its {@link io.stompline.threads.SerialLane}; it knows nothing of the transport.
 */
package io.stompline.session;
