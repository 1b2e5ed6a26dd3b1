/**
 * Corrections that run inside the embedded OpenMQ. Packaged in the resource adapter, not in a WAR; nothing imports it.
 */
package io.stompline.openmq;
