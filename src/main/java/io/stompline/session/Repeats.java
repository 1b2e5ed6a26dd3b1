package io.stompline.session;

import io.stompline.frame.Command;
import io.stompline.frame.HeaderNames;
import io.stompline.frame.Headers;
import io.stompline.idempotency.SentKeys;
import io.stompline.idempotency.SentKeys.State;
import io.stompline.session.protocol.ClientFrame;
import io.stompline.session.protocol.StompError;
import io.stompline.session.protocol.StompException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Carries out once what a client sends again under the same {@code x-idempotency-key}: a SEND, or a COMMIT. On the lane
 * only.
 *
 * @param user whose keys they are
 */
record Repeats(SentKeys keys, String user) {
    /**
     * Carries out a frame unless it was carried out before.
     *
     * @param once carries it out
     * @param duplicate called if it was carried out before
     * @throws StompException INVALID_HEADER, or as {@code once}, and then the key is free again
     */
    Outcome carryOut(ClientFrame frame, Supplier<Outcome> once, Runnable duplicate) {
        Optional<String> key = keyOf(frame);
        if (key.isEmpty()) {
            return once.get();
        }
        State state = keys.begin(user, key.get());
        if (state instanceof State.Done done) {
            duplicate.run();
            Headers receipt = new Headers.Builder()
                    .add(HeaderNames.DUPLICATE, "true")
                    .add(HeaderNames.PROBLEM, done.problem())
                    .build();
            return new Outcome.Done(receipt, () -> {});
        }
        if (state instanceof State.Pending) {
            return new Outcome.Deferred(() -> !keys.isPending(user, key.get()));
        }
        return first(key.get(), once);
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

    private static Optional<String> keyOf(ClientFrame frame) {
        Command command = frame.frame().command();
        if (command != Command.SEND && command != Command.COMMIT) {
            return Optional.empty();
        }
        Optional<String> key = frame.idempotencyKey();
        if (key.isPresent() && command == Command.SEND && frame.transaction().isPresent()) {
            throw new StompException(
                    StompError.INVALID_HEADER,
                    "the header " + HeaderNames.IDEMPOTENCY_KEY + " of a transaction belongs to its COMMIT");
        }
        return key;
    }
}
