/**
 * The subscribers of this node by topic, and the messages to all of them at once: {@link
 * io.stompline.routing.hub.Router}, {@link io.stompline.routing.hub.UserRouter}. Knows nothing of connections.
 */
package io.stompline.routing.hub;
