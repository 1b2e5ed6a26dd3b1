/**
 * The certificate of the assembled server: read from files, renewed while the server runs, made for trying.
 *
 * <p>In no WAR. The start class chooses the certificate, and the listener takes what is current for each connection.
 */
package io.stompline.tls;
