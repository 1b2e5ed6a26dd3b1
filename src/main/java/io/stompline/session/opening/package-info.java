/**
 * What a subscriber gets before the live stream, and how the two are joined without a gap or a double: {@link
 * io.stompline.session.opening.Opening}, {@link io.stompline.session.opening.StartGate}. How messages become frames is
 * not its business.
 */
package io.stompline.session.opening;
