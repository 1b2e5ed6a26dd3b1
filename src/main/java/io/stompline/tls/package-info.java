/**
 * TLS of the assembled server: its certificate, read from files, renewed while the server runs, made for trying; and
 * the check of the host of the message broker.
 *
 * <p>In no WAR. The start class chooses the certificate, and the listener takes what is current for each connection.
 */
package io.stompline.tls;
