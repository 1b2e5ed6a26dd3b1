package io.stompline.session.outbox;

import io.stompline.frame.EncodedFrame;

/** A frame that waits in an outbox, with its neighbours there. Guarded by the monitor of the outbox. */
class Waiting {
    /** Set by {@link WaitingFrames}; null at the ends. */
    Waiting before;

    Waiting after;

    private final Runnable written;
    private EncodedFrame frame;

    /** @param written called when the transport took it */
    Waiting(EncodedFrame frame, Runnable written) {
        this.frame = frame;
        this.written = written;
    }

    EncodedFrame frame() {
        return frame;
    }

    /** Another frame goes out in its place. */
    void replace(EncodedFrame other) {
        frame = other;
    }

    /** Whether it may be dropped by {@link #drop}. */
    boolean isDroppable() {
        return false;
    }

    /** Whether the client may do without it. */
    boolean isMissable() {
        return isDroppable() || frame.equals(EncodedFrame.HEART_BEAT);
    }

    /** It waits no more, and does not go out. */
    void drop() {
        throw new IllegalStateException("only messages of a backlog are dropped");
    }

    /** It waits no more: it goes out now. */
    void leave() {
        // Nobody else knows that it waits.
    }

    /** The transport took it. Without the monitor. */
    void written() {
        written.run();
    }
}
