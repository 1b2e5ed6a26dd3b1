/**
 * Where a request comes from if it came through proxies: the client's address, and host and scheme as the client knows
 * them. What is done with them is not its business.
 */
package io.stompline.security.proxy;
