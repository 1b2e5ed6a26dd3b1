package io.stompline.demo;

import io.stompline.api.PublishOptions;
import io.stompline.api.Snapshot;
import io.stompline.api.StompPublisher;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One room. Every change gets the next version and is published before the next change can happen. Thread-safe. */
final class ChatRoom {
    private static final int KEPT_LINES = 50;

    /** A line that somebody said. */
    public record Line(String by, String text, Instant at) {}

    /** A change: a new line or, if that is null, the users who are here now. */
    public record Change(Line said, List<String> here) {}

    /** Everything that the room shows. */
    public record State(List<Line> lines, List<String> here) {}

    private final String topic;
    private final StompPublisher publisher;
    private final Deque<Line> lines = new ArrayDeque<>();
    private final Map<String, String> userOfSession = new LinkedHashMap<>();
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
        publish(new Change(line, null));
    }

    synchronized void enter(String sessionId, String user) {
        userOfSession.put(sessionId, user);
        publish(new Change(null, here()));
    }

    synchronized void leave(String sessionId) {
        if (userOfSession.remove(sessionId) != null) {
            publish(new Change(null, here()));
        }
    }

    synchronized Snapshot snapshot() {
        return Snapshot.upTo(version, new State(List.copyOf(lines), here()));
    }

    synchronized boolean isEmpty() {
        return userOfSession.isEmpty();
    }

    private List<String> here() {
        return userOfSession.values().stream().distinct().sorted().toList();
    }

    private void publish(Change change) {
        version++;
        publisher.publish(topic, change, PublishOptions.NONE.withVersion(version));
    }
}
