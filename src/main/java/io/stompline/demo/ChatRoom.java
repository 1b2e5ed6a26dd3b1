package io.stompline.demo;

import io.stompline.api.PublishOptions;
import io.stompline.api.Snapshot;
import io.stompline.api.StompPublisher;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** One room. Every line gets the next version and is published before the next one can come. Thread-safe. */
final class ChatRoom {
    private static final int KEPT_LINES = 50;

    /** A line that somebody said. */
    public record Line(String by, String text, Instant at) {}

    /** Everything that was said, as far as it is kept. */
    public record State(List<Line> lines) {}

    private final String topic;
    private final StompPublisher publisher;
    private final Deque<Line> lines = new ArrayDeque<>();
    private long version;

    ChatRoom(String topic, StompPublisher publisher) {
        this.topic = topic;
        this.publisher = publisher;
    }

    synchronized void say(String speaker, String text) {
        Line line = new Line(speaker, text, Instant.now());
        lines.addLast(line);
        if (lines.size() > KEPT_LINES) {
            lines.removeFirst();
        }
        version++;
        publisher.publish(topic, line, PublishOptions.NONE.withVersion(version));
    }

    synchronized Snapshot snapshot() {
        return Snapshot.upTo(version, new State(List.copyOf(lines)));
    }
}
