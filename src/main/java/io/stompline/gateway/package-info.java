/**
 * The way into a node for any transport: opens sessions, takes received bytes, decides on handshakes.
 *
 * <p>Offers {@link io.stompline.gateway.StompGateway}. A transport asks its {@link io.stompline.gateway.HandshakeDoor},
 * opens a session with a {@code Wire} of its own and gives received bytes to the {@link io.stompline.gateway.Inbox}.
 * How a transport reads and writes is not its business.
 */
package io.stompline.gateway;
