/**
 * What a session asks of others (the application, listeners) and shows to them (itself, the directory of sessions).
 *
 * <p>Interfaces and the values that they exchange; how a session works is not their business.
 */
package io.stompline.session.port;
