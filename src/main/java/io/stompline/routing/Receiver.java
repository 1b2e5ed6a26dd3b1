package io.stompline.routing;

import java.util.function.Function;

/**
 * Takes what a feed brings, in order.
 *
 * @param <T> what it brings
 */
@FunctionalInterface
public interface Receiver<T> {
    /** Takes the next one. Called by one thread at a time. */
    void accept(T next);

    /**
     * Something may have been missed between the last one and the next: the message broker was away. Called on any
     * thread, perhaps while {@link #accept} runs, before the next one; must not block. More than one call means no more
     * than one.
     */
    default void interrupted() {
        // A receiver that does not show a gap need not know.
    }

    /**
     * Too many octets that it has not acknowledged stay at the message broker: whoever it belongs to has to end. Called
     * on any thread, perhaps again until it has ended; must not block.
     *
     * @param detail a sentence for the client, naming the setting
     */
    default void overflowed(String detail) {
        // Only what keeps messages is told.
    }

    /** A receiver that changes each before it passes it on to this one. */
    default <S> Receiver<S> via(Function<S, T> change) {
        return new Receiver<>() {
            @Override
            public void accept(S next) {
                Receiver.this.accept(change.apply(next));
            }

            @Override
            public void interrupted() {
                Receiver.this.interrupted();
            }

            @Override
            public void overflowed(String detail) {
                Receiver.this.overflowed(detail);
            }
        };
    }
}
