package io.stompline.session;

import io.stompline.frame.HeaderNames;
import io.stompline.frame.Headers;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** The result of a frame that did not fail. */
sealed interface Outcome {
    /** The frame is carried out; nothing has to follow its receipt. */
    Outcome DONE = done(Optional.empty());

    /** The frame is carried out; the receipt says what went wrong elsewhere, if something did. */
    static Outcome done(Optional<String> problem) {
        return new Done(new Headers.Builder().add(HeaderNames.PROBLEM, problem).build(), () -> {});
    }

    /**
     * The frame is carried out.
     *
     * @param receipt what the RECEIPT says besides
     * @param afterReceipt to be run on the lane once the RECEIPT, if the frame asked for one, is queued
     */
    record Done(Headers receipt, Runnable afterReceipt) implements Outcome {}

    /**
     * The frame cannot be carried out yet and has to come again; the lane does not wait for it meanwhile.
     *
     * @param over whether it can come now; asked on any thread, does not block
     */
    record Deferred(BooleanSupplier over) implements Outcome {}

    /** A SUBSCRIBE waits for the message broker, without the frames after it; its receipt comes when that is back. */
    record Awaited() implements Outcome {}
}
