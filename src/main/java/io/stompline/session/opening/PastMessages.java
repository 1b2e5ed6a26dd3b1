package io.stompline.session.opening;

import io.stompline.frame.HeaderNames;
import io.stompline.frame.Headers;
import io.stompline.routing.hub.Broadcast;
import java.util.List;
import java.util.function.Predicate;

/**
 * Messages that came before the subscription.
 *
 * @param messages in order, marked as replayed
 * @param upTo the number of the last message that came before; the live stream may bring it, too
 */
public record PastMessages(List<Broadcast> messages, long upTo) implements Opening {
    private static final Headers MARKS = Headers.of(HeaderNames.REPLAYED, "true");

    @Override
    public Headers marks() {
        return MARKS;
    }

    @Override
    public Predicate<Broadcast> covered() {
        // A local variable: the predicate must not keep the messages in memory.
        long newest = upTo;
        return live -> live.position().isPresent() && live.position().get().number() <= newest;
    }
}
