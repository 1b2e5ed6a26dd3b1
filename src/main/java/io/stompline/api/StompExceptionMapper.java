package io.stompline.api;

/**
 * Turns an exception of a handler into the message that the sender gets. A CDI bean that implements it for an exception
 * type is used for this type and its subtypes; the nearest type wins.
 *
 * <p>Without one the sender gets a {@link StompProblem} that names the kind of problem and no internals. It goes where
 * a reply would go, or to {@code /user/queue/errors} of the sender's session.
 *
 * @param <E> the exception type
 */
@FunctionalInterface
public interface StompExceptionMapper<E extends Throwable> {
    /** The answer to the sender: a payload as for {@link StompPublisher}; null for the answer without a mapper. */
    Object toReply(E exception);
}
