package io.stompline.session.opening;

import io.stompline.frame.HeaderNames;
import io.stompline.frame.Headers;
import io.stompline.routing.hub.Broadcast;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Messages that came before the subscription.
 *
 * @param messages in order, marked as replayed
 * @param slices more of them, each time as many as fit
 * @param upTo the number of the last message that came before; the live stream may bring it, too
 */
public record PastMessages(List<Broadcast> messages, Iterator<List<Broadcast>> slices, long upTo) implements Opening {
    private static final Headers MARKS = Headers.of(HeaderNames.REPLAYED, "true");

    @Override
    public Headers marks() {
        return MARKS;
    }

    @Override
    public Optional<Supplier<Opening>> rest() {
        // Local variables: the supplier must not keep the messages in memory.
        Iterator<List<Broadcast>> next = slices;
        long newest = upTo;
        return next.hasNext() ? Optional.of(() -> new PastMessages(next.next(), next, newest)) : Optional.empty();
    }

    @Override
    public Predicate<Broadcast> covered() {
        // A local variable: the predicate must not keep the messages in memory.
        long newest = upTo;
        return live -> live.position().isPresent() && live.position().get().number() <= newest;
    }
}
