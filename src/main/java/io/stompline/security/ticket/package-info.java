/**
 * Tickets: secrets for one login within 30 s, issued to pages whose user the application knows. One is redeemed at the
 * node that issued it; another node asks that one.
 *
 * <p>Who gets a ticket, and how nodes talk to each other, is not its business.
 */
package io.stompline.security.ticket;
