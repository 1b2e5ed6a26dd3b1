package io.stompline.routing;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/**
 * Runs tasks on the thread that brings them, but none inside another: what a task brings runs after it. One thread at a
 * time.
 */
final class Trampoline implements Executor {
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private boolean running;

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        if (running) {
            return;
        }
        running = true;
        try {
            while (!tasks.isEmpty()) {
                tasks.remove().run();
            }
        } finally {
            running = false;
        }
    }
}
