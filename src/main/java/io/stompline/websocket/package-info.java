/**
 * The WebSocket endpoint: hands bytes to {@code session} and sends what it answers. The only package that imports
 * {@code jakarta.websocket}; what frames mean is not its business.
 */
package io.stompline.websocket;
