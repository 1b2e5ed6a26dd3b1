/**
 * The API for enterprise beans: publish to browsers ({@link io.stompline.api.StompPublisher}), handle what browsers
 * send ({@link io.stompline.api.OnSend}, {@link io.stompline.api.OnSubscribe}), know who is there ({@link
 * io.stompline.api.StompSessions}, the events).
 *
 * <p>This package is all that an application needs to import of Stompline, unless it replaces {@link
 * io.stompline.security.AccessControl} or {@link io.stompline.security.Authenticator}. How
 * it works is not its business.
 */
package io.stompline.api;
