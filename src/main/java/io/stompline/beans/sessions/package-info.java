/**
 * The connected sessions of all nodes and the events of connections, for beans.
 */
package io.stompline.beans.sessions;
