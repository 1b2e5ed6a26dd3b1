package io.stompline.session;

import io.stompline.metrics.Counter;
import io.stompline.metrics.Meter;
import io.stompline.metrics.Metrics;
import java.util.concurrent.atomic.LongAdder;

/** Counts what passes through one connection, for itself and for the node. Thread-safe. */
final class Traffic {
    private final LongAdder framesReceived = new LongAdder();
    private final LongAdder messagesSent = new LongAdder();
    private final Counter framesOfNode;
    private final Counter bytesOfNode;
    private final Counter messagesOfNode;

    Traffic(Metrics metrics) {
        this.framesOfNode = metrics.counter(Meter.FRAMES_RECEIVED);
        this.bytesOfNode = metrics.counter(Meter.BYTES_RECEIVED);
        this.messagesOfNode = metrics.counter(Meter.MESSAGES_SENT);
    }

    void bytesReceived(int bytes) {
        bytesOfNode.add(bytes);
    }

    void frameReceived() {
        framesReceived.increment();
        framesOfNode.increment();
    }

    void messageSent() {
        messagesSent.increment();
        messagesOfNode.increment();
    }

    /** Frames that the client sent, heart-beats not counted. */
    long framesReceived() {
        return framesReceived.sum();
    }

    /** Messages that were queued for the client. */
    long messagesSent() {
        return messagesSent.sum();
    }
}
