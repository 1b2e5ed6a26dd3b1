package io.stompline.session.opening;

import io.stompline.frame.HeaderNames;
import io.stompline.frame.Headers;
import io.stompline.routing.hub.Broadcast;
import io.stompline.routing.hub.Doubles;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Messages that came before the subscription.
 *
 * @param messages in order, marked as replayed
 * @param slices more of them, each time as many as fit
 * @param upTo the number of the last message that came before; the live stream may bring it, too
 * @param doubles what the subscriber may have received on another node
 */
public record PastMessages(List<Broadcast> messages, Iterator<List<Broadcast>> slices, long upTo, Doubles doubles)
        implements Opening {
    private static final Headers MARKS = Headers.of(HeaderNames.REPLAYED, "true");

    @Override
    public Headers marks(Broadcast first) {
        Headers besides = doubles.marks(first);
        return besides.size() == 0
                ? MARKS
                : new Headers.Builder().addAll(MARKS).addAll(besides).build();
    }

    @Override
    public Function<Broadcast, Headers> liveMarks() {
        return doubles::marks;
    }

    @Override
    public Optional<Supplier<Opening>> rest() {
        // Local variables: the supplier must not keep the messages in memory.
        Iterator<List<Broadcast>> next = slices;
        long newest = upTo;
        Doubles marked = doubles;
        return next.hasNext()
                ? Optional.of(() -> new PastMessages(next.next(), next, newest, marked))
                : Optional.empty();
    }

    @Override
    public Predicate<Broadcast> covered() {
        // A local variable: the predicate must not keep the messages in memory.
        long newest = upTo;
        return live -> live.position().isPresent() && live.position().get().number() <= newest;
    }
}
