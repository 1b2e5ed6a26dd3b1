/**
 * By which names the server may be asked for. A page of an attacker whose own name leads to this server (DNS rebinding)
 * has that name in {@code Host}.
 */
package io.stompline.security.host;
