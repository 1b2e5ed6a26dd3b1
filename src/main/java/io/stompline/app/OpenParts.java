package io.stompline.app;

import java.util.ArrayDeque;
import java.util.Deque;

/** The parts that are open, to be closed in reverse order, also after half a start. One thread at a time. */
final class OpenParts implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(OpenParts.class.getName());

    private final Deque<Runnable> closings = new ArrayDeque<>();

    /** Something was opened, which this closes. */
    void add(Runnable closing) {
        closings.push(closing);
    }

    /** Closes all of it, the last first; one that fails is logged and does not keep the others open. Idempotent. */
    @Override
    public void close() {
        while (!closings.isEmpty()) {
            try {
                closings.pop().run();
            } catch (RuntimeException | Error e) {
                LOG.log(System.Logger.Level.WARNING, "a part of this node could not be closed", e);
            }
        }
    }
}
