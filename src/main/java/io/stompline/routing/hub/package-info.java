/**
 * Who on this node is subscribed to what, and what is sent to all of them at once: {@link
 * io.stompline.routing.hub.Router}, {@link io.stompline.routing.hub.UserRouter}. Knows nothing of connections.
 */
package io.stompline.routing.hub;
