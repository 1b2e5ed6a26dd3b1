/**
 * What waits to be sent on one connection, and the port to its transport, {@link io.stompline.session.outbox.Wire}.
 *
 * <p>Knows encoded frames only; what they say is not its business.
 */
package io.stompline.session.outbox;
