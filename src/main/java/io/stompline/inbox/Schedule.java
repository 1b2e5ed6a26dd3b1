package io.stompline.inbox;

import java.time.Duration;

/** Port: threads that run tasks after a while. Thread-safe; nothing blocks. */
public interface Schedule {
    /**
     * Runs a task once after that time; not if it is closed before.
     *
     * @return forgets the task unless it has begun; idempotent
     */
    Runnable later(Duration delay, Runnable task);

    /** Ends the threads. Idempotent. */
    void close();
}
