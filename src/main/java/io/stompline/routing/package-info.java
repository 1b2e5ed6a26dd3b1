/**
 * The routing core: destinations, messages, and the port to the message broker.
 *
 * <p>Plain Java: no protocol state, no sockets, no {@code jakarta.*}.
 */
package io.stompline.routing;
