/**
 * The WebSocket endpoint: passes received bytes to {@code session} by way of {@code gateway}, and sends the frames of
 * the session. Knows nothing of their meaning.
 *
 * <p>Rules, of RFC 6455 and of the settings, which hold on any server: {@link io.stompline.websocket.OpeningHandshake}
 * (4.2.1), {@link io.stompline.websocket.HandshakeFilter} (origin, admission), {@link
 * io.stompline.websocket.EndpointPath}, {@link io.stompline.websocket.StompEndpoint}, {@link
 * io.stompline.websocket.WebSocketWire}, {@link io.stompline.websocket.WebSocketTransport}. Changes to the server
 * itself are all in {@code websocket.tyrus}; only that package and this one import {@code jakarta.websocket}.
 */
package io.stompline.websocket;
