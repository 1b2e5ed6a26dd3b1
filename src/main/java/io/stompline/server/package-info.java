/**
 * Starts Payara Micro, with the embedded message broker or a separate one, as assembled in {@code target/server}.
 *
 * <p>Offers the main class of {@code stompline-server.jar}. It is in no WAR. It and the application do not call each
 * other; the application reads system properties that it sets.
 */
package io.stompline.server;
