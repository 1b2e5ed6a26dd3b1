package io.stompline.session;

import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The one thread of a feed: an idle one waits as well, but has no delivery in its hands. */
final class FeedThread extends ThreadPoolExecutor {
    private volatile Optional<Thread> receiving = Optional.empty();

    FeedThread() {
        super(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
    }

    boolean waitsInReceiver() {
        return receiving
                .filter(thread -> thread.getState() == Thread.State.WAITING)
                .isPresent();
    }

    @Override
    protected void beforeExecute(Thread thread, Runnable delivery) {
        receiving = Optional.of(thread);
    }

    @Override
    protected void afterExecute(Runnable delivery, Throwable failure) {
        receiving = Optional.empty();
    }
}
