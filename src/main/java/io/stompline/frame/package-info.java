/**
 * Bytes to STOMP frames and back: grammar, limits, escapes and versions of STOMP 1.0, 1.1 and 1.2.
 *
 * <p>A leaf: knows {@code java.base} only. What a frame means to a session is not its business.
 */
package io.stompline.frame;
