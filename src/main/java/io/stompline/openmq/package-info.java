/**
 * Runs inside the embedded OpenMQ broker and puts right what it does wrong. Goes into the resource adapter, into no
 * WAR; nothing imports it.
 */
package io.stompline.openmq;
