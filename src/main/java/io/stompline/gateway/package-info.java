/**
 * The way into a node for any transport: opens sessions, takes received bytes, decides on handshakes.
 *
 * <p>Offers {@link io.stompline.gateway.StompGateway}. How a transport reads and writes is not its business.
 */
package io.stompline.gateway;
