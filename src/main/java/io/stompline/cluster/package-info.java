/**
 * What the nodes tell each other over the message broker, and which nodes there are.
 *
 * <p>Plain Java. What a note means is the business of whoever sends it.
 */
package io.stompline.cluster;
