/**
 * The first messages of a subscriber, joined with the live stream without a gap or a duplicate: {@link
 * io.stompline.session.opening.Opening}, {@link io.stompline.session.opening.StartGate}. Knows nothing of frames.
 */
package io.stompline.session.opening;
