/**
 * Starts Payara Micro, with an embedded OpenMQ broker or a separate one, as assembled in {@code target/server}.
 *
 * <p>Offers the main class of {@code stompline-server.jar}. It is in no WAR: nothing of the application is called from
 * here and nothing here is called by the application, which learns what it needs from system properties.
 */
package io.stompline.server;
