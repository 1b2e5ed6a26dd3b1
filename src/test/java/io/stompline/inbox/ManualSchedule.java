package io.stompline.inbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Threads of inboxes that run when a test says so, on its own. One thread. */
public final class ManualSchedule implements Schedule {
    private final List<Due> waiting = new ArrayList<>();
    private Duration now = Duration.ZERO;
    private long count;
    private boolean closing;

    private record Due(Duration at, long number, Runnable task) {}

    @Override
    public Runnable later(Duration delay, Runnable task) {
        count++;
        Due due = new Due(now.plus(delay), count, task);
        waiting.add(due);
        if (closing) {
            pass(Duration.ZERO);
        }
        return () -> waiting.remove(due);
    }

    /** How many tasks wait. */
    public int waiting() {
        return waiting.size();
    }

    /** Runs what is due until then, in order. */
    public void pass(Duration time) {
        Duration until = now.plus(time);
        Optional<Due> next = next(until);
        while (next.isPresent()) {
            waiting.remove(next.get());
            now = next.get().at().compareTo(now) > 0 ? next.get().at() : now;
            next.get().task().run();
            next = next(until);
        }
        now = until;
    }

    private Optional<Due> next(Duration until) {
        return waiting.stream()
                .filter(due -> due.at().compareTo(until) <= 0)
                .min(Comparator.comparing(Due::at).thenComparingLong(Due::number));
    }

    /** From now on a task runs at once: whoever closes waits for the last. */
    public void expectClose() {
        closing = true;
    }

    @Override
    public void close() {
        waiting.clear();
    }
}
