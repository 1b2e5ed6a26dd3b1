/**
 * Tickets: secrets for one login within 30 s, issued to pages whose user the application knows. One is redeemed at the
 * node that issued it; another node asks that one.
 *
 * <p>The choice of who gets a ticket, and the talk between nodes, are not its business.
 */
package io.stompline.security.ticket;
