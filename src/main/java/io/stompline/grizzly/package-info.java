/**
 * The answer of the assembled server's HTTP listeners before an application is there, and their TLS. Packaged in the
 * {@code payara-micro.jar} of {@code target/server}, not in a WAR, because it has to see Grizzly; nothing imports it.
 * It and the start class do not call each other: they share a system property, and the certificate of
 * {@code io.stompline.tls}.
 */
package io.stompline.grizzly;
