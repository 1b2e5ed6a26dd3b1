package io.stompline.inbox;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Reads pages for subscriptions in the order in which they ask, some at a time, each until its messages are shown: when
 * all users come back at once, pages do not pile up in memory, and other statements do not wait behind all of them.
 * Thread-safe; does not block.
 */
final class Readings {
    /** Many more than there are threads; a page has 64 KiB as a rule. */
    static final int AT_A_TIME = 100;

    private static final Runnable NOTHING = () -> {};

    private final Workers workers;
    private final Set<Reading> waiting = new LinkedHashSet<>();
    private int underWay;

    Readings(Workers workers) {
        this.workers = workers;
    }

    /**
     * Runs a task when it is its turn, and again while the database is away.
     *
     * @return its messages are shown, or nobody wants them any more: idempotent, and has to be run
     */
    Runnable begin(Workers.Task task) {
        Reading reading = new Reading(task);
        synchronized (this) {
            waiting.add(reading);
        }
        startNext();
        return reading::end;
    }

    private void startNext() {
        Reading next;
        synchronized (this) {
            Iterator<Reading> first = waiting.iterator();
            if (underWay >= AT_A_TIME || !first.hasNext()) {
                return;
            }
            next = first.next();
            first.remove();
            underWay++;
        }
        next.start();
    }

    /** Guarded by the readings. */
    private final class Reading {
        private final Workers.Task task;
        private Runnable stop = NOTHING;
        private boolean ended;

        Reading(Workers.Task task) {
            this.task = task;
        }

        void start() {
            Runnable planned = workers.run(Duration.ZERO, task);
            boolean late;
            synchronized (Readings.this) {
                stop = planned;
                late = ended;
            }
            if (late) {
                planned.run();
            }
        }

        void end() {
            Runnable planned;
            synchronized (Readings.this) {
                if (ended) {
                    return;
                }
                ended = true;
                planned = stop;
                underWay -= waiting.remove(this) ? 0 : 1;
            }
            planned.run();
            startNext();
        }
    }
}
