package io.stompline.session.outbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** Frames that go out as one message of the transport: all text or all binary. One thread at a time. */
final class Batch {
    private final List<Outbox.Waiting> frames = new ArrayList<>();
    private int size;
    private boolean text;

    private Batch() {}

    /**
     * Takes from the head of a queue what fits into one message: at least one frame, if there is any.
     *
     * @param textual whether the client expects text where a frame allows it
     * @param maxBytes octets of a message of more than one frame
     */
    static Batch from(Queue<Outbox.Waiting> queue, boolean textual, int maxBytes) {
        Batch batch = new Batch();
        for (Outbox.Waiting next = queue.peek();
                next != null && batch.accepts(next, textual, maxBytes);
                next = queue.peek()) {
            batch.add(queue.remove());
        }
        return batch;
    }

    private boolean accepts(Outbox.Waiting next, boolean textual, int maxBytes) {
        boolean nextText = textual && next.frame().isText();
        if (frames.isEmpty()) {
            text = nextText;
            return true;
        }
        return nextText == text && size + next.frame().size() <= maxBytes;
    }

    private void add(Outbox.Waiting next) {
        frames.add(next);
        size += next.frame().size();
    }

    boolean isEmpty() {
        return frames.isEmpty();
    }

    /** How many frames. */
    int count() {
        return frames.size();
    }

    /** Octets of all frames. */
    int size() {
        return size;
    }

    boolean isText() {
        return text;
    }

    byte[] toBytes() {
        byte[] message = new byte[size];
        int offset = 0;
        for (Outbox.Waiting waiting : frames) {
            offset = waiting.frame().copyInto(message, offset);
        }
        return message;
    }

    /** Calls back for every frame that the transport took it. */
    void written() {
        frames.forEach(waiting -> waiting.written().run());
    }
}
