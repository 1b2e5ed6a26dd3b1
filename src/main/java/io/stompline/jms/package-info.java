/**
 * Bridges {@link io.stompline.routing.MessageBus} to Jakarta Messaging; the only place that imports {@code jakarta.jms}.
 *
 * <p>Offers {@link io.stompline.jms.JmsBus} and the seam to providers, {@link io.stompline.jms.provider.JmsProvider}. Connections are
 * few and rebuilt by us; what only OpenMQ can do is in {@link io.stompline.jms.provider.OpenMqProvider}. STOMP frames, sessions and
 * permissions are not its business.
 */
package io.stompline.jms;
