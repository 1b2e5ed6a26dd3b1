/**
 * The rules of STOMP and of this server for frames from clients: headers, negotiation, limits, errors and how a
 * connection ends.
 *
 * <p>Keeps no state of a connection.
 */
package io.stompline.session.protocol;
