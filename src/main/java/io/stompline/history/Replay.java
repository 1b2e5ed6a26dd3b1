package io.stompline.history;

import io.stompline.routing.hub.Broadcast;
import io.stompline.routing.hub.Doubles;
import io.stompline.routing.hub.Position;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/**
 * What a new subscriber gets of the past.
 *
 * @param messages in order
 * @param rest what follows when the client has taken these, in slices; each is encoded when it is asked for
 * @param count how many messages there are, those of the rest included
 * @param now behind all messages that have come so far
 * @param told the position that the subscriber is told before it gets the messages
 * @param recovered whether nothing is missing behind the position that the subscriber named; false if it named none
 * @param doubles what the subscriber may have received on another node
 */
public record Replay(
        List<Broadcast> messages,
        Iterator<List<Broadcast>> rest,
        int count,
        Position now,
        Position told,
        boolean recovered,
        Doubles doubles) {
    /**
     * What fits into one replay.
     *
     * @param messages how many
     * @param bytes their frames, about, in octets
     */
    public record Limit(int messages, int bytes) {}

    /** Messages that come at once, for a subscriber that does not resume, or misses something. */
    public static Replay of(List<Broadcast> messages, Position now) {
        return new Replay(messages, Collections.emptyIterator(), messages.size(), now, now, false, Doubles.NONE);
    }

    /** All that a subscriber misses. */
    static Replay resumed(List<Broadcast> messages, Position now, Doubles doubles) {
        return new Replay(messages, Collections.emptyIterator(), messages.size(), now, doubles.of(now), true, doubles);
    }

    /** The client may lose its connection between two slices, and goes on behind what it has. */
    static Replay inSlices(Slices slices, int count, Position now, Position before, boolean recovered) {
        List<Broadcast> first = slices.hasNext() ? slices.next() : List.of();
        return new Replay(first, slices, count, now, before, recovered, Doubles.NONE);
    }
}
