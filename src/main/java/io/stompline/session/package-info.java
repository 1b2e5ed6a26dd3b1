/**
 * The protocol state of one connection: what each frame does, what is subscribed, unacknowledged and in transactions,
 * what waits to be sent, and how the connection ends.
 *
 * <p>Plain Java. {@link io.stompline.session.StompSession} drives the ports of {@code routing} and {@code security};
 * the transport is behind {@link io.stompline.session.outbox.Wire}. One connection's frames are handled one after the
 * other on its {@link io.stompline.threads.SerialLane}; how bytes arrive is not its business.
 */
package io.stompline.session;
