/**
 * The API for enterprise beans: publish to browsers ({@link io.stompline.api.StompPublisher}), handle what browsers
 * send ({@link io.stompline.api.OnSend}, {@link io.stompline.api.OnSubscribe}), know who is there ({@link
 * io.stompline.api.StompSessions}, the events).
 *
 * <p>This package is all that an application needs to import of Stompline; how it works is not its business.
 */
package io.stompline.api;
