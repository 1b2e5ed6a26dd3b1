/**
 * The frames that wait to be sent on one connection, and the port to its transport, {@link
 * io.stompline.session.outbox.Wire}.
 *
 * <p>Knows encoded frames only, not their content.
 */
package io.stompline.session.outbox;
