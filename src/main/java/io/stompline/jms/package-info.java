/**
 * Connects {@link io.stompline.routing.MessageBus} to Jakarta Messaging: {@link io.stompline.jms.JmsBus}. Only here and
 * below is {@code jakarta.jms} imported, but for {@code io.stompline.openmq}, which lives in the message broker.
 *
 * <p>Below, each knowing those before it: {@code provider} connects and holds the rules of a message broker, {@code
 * message} maps names and messages, {@code link} keeps few connections and rebuilds them, {@code feed} consumes and
 * settles. STOMP frames, sessions and permissions are not its business.
 */
package io.stompline.jms;
