package io.stompline.beans.handler;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Unwraps the value that a handler method returned. */
final class Result {
    private Result() {}

    /**
     * The value of a {@link CompletionStage}, {@link Future} or {@link Optional}; anything else as it is. Waits on the
     * calling thread.
     *
     * @param limit longest time to wait
     * @return the value; may be null
     * @throws HandlerTimeout if the value is not there by then
     * @throws Throwable the failure of the stage
     */
    static Object value(Object returned, Duration limit) throws Throwable {
        Object value = returned;
        if (returned instanceof CompletionStage<?> stage) {
            value = await(stage.toCompletableFuture(), limit);
        } else if (returned instanceof Future<?> future) {
            value = await(future, limit);
        }
        return value instanceof Optional<?> optional ? optional.orElse(null) : value;
    }

    private static Object await(Future<?> future, Duration limit) throws Throwable {
        try {
            return future.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw unwrapped(e.getCause());
        } catch (TimeoutException e) {
            throw new HandlerTimeout(limit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw e;
        }
    }

    /** A stage that depends on a failed one wraps its failure. */
    private static Throwable unwrapped(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
