/**
 * The origin of a request that came through proxies: the client's address, and host and scheme as the client knows
 * them.
 */
package io.stompline.security.proxy;
