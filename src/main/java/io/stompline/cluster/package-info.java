/**
 * Notes between the nodes over the message broker, what is too large for a note, and the list of nodes.
 *
 * <p>Plain Java. The sender and the receiver of a note know what it means; this package does not.
 */
package io.stompline.cluster;
