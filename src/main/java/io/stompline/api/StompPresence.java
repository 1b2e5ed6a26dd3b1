package io.stompline.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Who is in a topic: subscribed to it, on whatever node. To be injected; thread-safe. {@link StompEvent.Joined} and
 * {@link StompEvent.Left} tell of changes.
 */
public interface StompPresence {
    /**
     * A user who is in a topic.
     *
     * @param user the name that the user logged in with
     * @param sessions how many of the user's connections are subscribed; 0 for the 5 s in which the user may come back
     * @param info what the page tells of the user, as JSON that is valid and has at most 1 KiB; nobody checked its
     *     contents
     * @param since when the user came
     */
    record Member(String user, int sessions, Optional<String> info, Instant since) {}

    /**
     * The members of a topic, in the order in which this node saw them come.
     *
     * @param topic such as {@code /topic/rooms/42}
     * @throws IllegalArgumentException if no rule of {@code stompline.presence} matches it
     */
    List<Member> of(String topic);
}
