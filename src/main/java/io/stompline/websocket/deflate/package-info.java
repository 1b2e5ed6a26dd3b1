/**
 * The extension {@code permessage-deflate} (RFC 7692) for Tyrus: agrees on it with clients, and expands what they have
 * compressed before Tyrus reads it.
 *
 * <p>Tyrus' own extension (seen in 2.1.5) inflates without a bound, does not end on a final block, and inflates
 * continuations of messages that are not compressed; the build refuses it. What the server sends is not its business:
 * Tyrus sends control frames only, and {@link io.stompline.websocket} writes its messages itself.
 */
package io.stompline.websocket.deflate;
