package io.stompline.session;

import io.stompline.frame.HeaderNames;
import io.stompline.frame.Headers;
import io.stompline.idempotency.SentKeys;
import io.stompline.idempotency.SentKeys.State;
import java.util.function.Supplier;

/**
 * Carries out once what a client sends again under the same {@code x-idempotency-key}: a SEND, or a COMMIT. On the lane
 * only.
 *
 * @param user whose keys they are
 */
record Repeats(SentKeys keys, String user) {
    /**
     * Carries out a frame unless it was carried out before. What {@code once} throws makes the key free again.
     *
     * @param key of the frame
     * @param once carries it out
     * @param duplicate called if it was carried out before
     */
    Outcome carryOut(String key, Supplier<Outcome> once, Runnable duplicate) {
        State state = keys.begin(user, key);
        if (state instanceof State.Done done) {
            duplicate.run();
            Headers receipt = new Headers.Builder()
                    .add(HeaderNames.DUPLICATE, "true")
                    .add(HeaderNames.PROBLEM, done.problem())
                    .build();
            return new Outcome.Done(receipt, () -> {});
        }
        if (state instanceof State.Pending) {
            return new Outcome.Deferred(() -> !keys.isPending(user, key));
        }
        return first(key, once);
    }

    private Outcome first(String key, Supplier<Outcome> once) {
        boolean carriedOut = false;
        try {
            Outcome outcome = once.get();
            if (outcome instanceof Outcome.Done done) {
                keys.done(user, key, done.receipt().first(HeaderNames.PROBLEM));
                carriedOut = true;
            }
            return outcome;
        } finally {
            if (!carriedOut) {
                keys.forget(user, key);
            }
        }
    }
}
