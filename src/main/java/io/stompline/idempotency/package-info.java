/**
 * The keys that clients sent frames under, so that a repetition is not carried out again: {@link
 * io.stompline.idempotency.SentKeys}. Knows nothing of frames.
 */
package io.stompline.idempotency;
