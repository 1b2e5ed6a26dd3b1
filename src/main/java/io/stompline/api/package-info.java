/**
 * The API for enterprise beans: publish to browsers ({@link io.stompline.api.StompPublisher}), handle messages of
 * browsers ({@link io.stompline.api.OnSend}, {@link io.stompline.api.OnSubscribe}), list connected sessions ({@link
 * io.stompline.api.StompSessions}, the events), let pages of other origins in ({@link io.stompline.api.StompTickets}).
 *
 * <p>This package is all that an application needs to import of Stompline, unless it replaces {@link
 * io.stompline.security.AccessControl} or {@link io.stompline.security.Authenticator}. It contains no implementation.
 */
package io.stompline.api;
