/**
 * The connected sessions of all nodes, tickets for new ones, and the events of connections, for beans.
 */
package io.stompline.beans.sessions;
