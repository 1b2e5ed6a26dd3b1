package io.stompline.history;

import io.stompline.routing.hub.Broadcast;
import io.stompline.routing.hub.Position;
import java.util.List;

/**
 * What a new subscriber gets of the past.
 *
 * @param messages in order
 * @param now behind all messages that have come so far
 * @param recovered whether nothing is missing behind the position that the subscriber named; false if it named none
 */
public record Replay(List<Broadcast> messages, Position now, boolean recovered) {
    /**
     * What fits into one replay.
     *
     * @param messages how many
     * @param bytes their frames, about, in octets
     */
    public record Limit(int messages, int bytes) {}
}
