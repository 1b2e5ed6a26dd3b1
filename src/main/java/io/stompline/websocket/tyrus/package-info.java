/**
 * Adapts Tyrus and Grizzly, the WebSocket and HTTP parts of Payara: by reflection, each with what was seen in which version.
 *
 * <p>Without it everything works, more slowly and with less protection.
 */
package io.stompline.websocket.tyrus;
