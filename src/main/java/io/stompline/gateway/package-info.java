/**
 * The way into a node for any transport: opens sessions, takes received bytes, decides on handshakes, ends connections
 * at a logout.
 *
 * <p>Offers {@link io.stompline.gateway.StompGateway}. A transport asks its {@link io.stompline.gateway.HandshakeDoor},
 * opens a session with a {@code Wire} of its own and gives received bytes to the {@link io.stompline.gateway.Inbox}. If
 * the container authenticated the caller, it gives the HTTP session to {@link io.stompline.gateway.LogoutListener}. Its
 * {@link io.stompline.gateway.Transport} says where it is; how it reads and writes is not its business.
 */
package io.stompline.gateway;
