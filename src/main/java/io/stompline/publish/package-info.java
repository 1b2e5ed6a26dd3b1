/**
 * The API for enterprise beans: publish to browsers ({@link io.stompline.publish.StompPublisher}), handle what browsers send
 * ({@link io.stompline.publish.OnSend}, {@link io.stompline.publish.OnSubscribe}), know who is there
 * ({@link io.stompline.publish.StompSessions}, the events).
 *
 * <p>This package is all that an application needs to import of Stompline; how it works is not its business.
 */
package io.stompline.publish;
