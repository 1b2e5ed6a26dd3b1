package io.stompline.session.outbox;

import java.util.ArrayList;
import java.util.List;

/** Frames that go out in one write to the transport. One thread at a time. */
final class Batch {
    private final List<Waiting> frames = new ArrayList<>();
    private int size;
    private int missableBytes;

    private Batch() {}

    /**
     * Takes from the head of a queue what fits into one write: at least one frame, if there is any.
     *
     * @param maxBytes octets of a write of more than one frame
     */
    static Batch from(WaitingFrames queue, int maxBytes) {
        Batch batch = new Batch();
        while (!queue.isEmpty() && batch.accepts(queue.first(), maxBytes)) {
            Waiting next = queue.first();
            queue.remove(next);
            batch.frames.add(next);
            // The size that was counted: the frame may leave with another mark.
            batch.size += next.frame().size();
            batch.missableBytes += next.isMissable() ? next.frame().size() : 0;
            next.leave();
        }
        return batch;
    }

    private boolean accepts(Waiting next, int maxBytes) {
        return frames.isEmpty() || size + next.frame().size() <= maxBytes;
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

    /** Octets of frames without which nothing is amiss. */
    int missableBytes() {
        return missableBytes;
    }

    /**
     * The messages that the frames go out as.
     *
     * @param textual whether the client expects text where a frame allows it
     * @param merged whether neighbours of one type are one message, not one each
     */
    List<WireMessage> messages(boolean textual, boolean merged) {
        List<WireMessage> messages = new ArrayList<>(merged ? 1 : frames.size());
        for (int first = 0, end; first < frames.size(); first = end) {
            boolean text = isText(first, textual);
            end = first + 1;
            while (merged && end < frames.size() && isText(end, textual) == text) {
                end++;
            }
            messages.add(message(first, end, text));
        }
        return messages;
    }

    private boolean isText(int index, boolean textual) {
        return textual && frames.get(index).frame().isText();
    }

    private WireMessage message(int first, int end, boolean text) {
        return end == first + 1
                ? new WireMessage(List.of(frames.get(first).frame()), text)
                : new WireMessage(
                        frames.subList(first, end).stream().map(Waiting::frame).toList(), text);
    }

    /** Calls back for each frame that the transport took. */
    void written() {
        frames.forEach(Waiting::written);
    }
}
