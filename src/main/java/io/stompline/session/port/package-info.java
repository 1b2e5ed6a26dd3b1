/**
 * The ports that a session uses (the application, listeners) and offers (itself, the directory of sessions).
 *
 * <p>Interfaces and the values that they exchange.
 */
package io.stompline.session.port;
