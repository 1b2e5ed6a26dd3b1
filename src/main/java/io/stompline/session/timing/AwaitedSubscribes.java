package io.stompline.session.timing;

import io.stompline.frame.Frame;
import io.stompline.routing.Destination;
import io.stompline.routing.TopicPattern;
import io.stompline.session.protocol.ClientFrame;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * The SUBSCRIBEs of one connection that came while the message broker was away, and are carried out when it is back;
 * other frames do not wait for them. On the lane only, but for {@link #isEmpty()}, {@link #isDue()}, {@link #want} and
 * {@link #precede}.
 */
public final class AwaitedSubscribes {
    /** How often one is tried that fails although the message broker can be reached. */
    private static final Duration AGAIN = Duration.ofSeconds(1);

    /**
     * One of them.
     *
     * @param failures how often it was tried with the message broker there, and failed
     * @param pattern where messages for it go
     * @param over whether it can be tried, if the message broker is there or it blocks; asked on any thread
     * @param blocks whether the others wait for it: it asks another connection of its client for a sign of life, or
     *     waits for room in the outbox or for a call of its user to end
     */
    private record Awaited(
            ClientFrame frame, int failures, TopicPattern pattern, BooleanSupplier over, boolean blocks) {
        Awaited failed() {
            return new Awaited(frame, failures + 1, pattern, over, blocks);
        }

        Awaited blocking(BooleanSupplier other) {
            return new Awaited(frame, failures, pattern, other, true);
        }
    }

    private final BooleanSupplier busAvailable;
    private final Duration limit;
    private final LongSupplier nanoClock;
    private final Deque<Awaited> waiting = new ConcurrentLinkedDeque<>();

    /** The one that is being tried, and how often it has failed if it does now. */
    private Optional<Awaited> inHand = Optional.empty();

    /**
     * None yet.
     *
     * @param limit how long one is tried that fails although the message broker can be reached
     */
    public AwaitedSubscribes(BooleanSupplier busAvailable, Duration limit, LongSupplier nanoClock) {
        this.busAvailable = busAvailable;
        this.limit = limit;
        this.nanoClock = nanoClock;
    }

    /** Whether none waits. Any thread. */
    public boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Whether one of them can be tried now. Any thread; does not block. */
    public boolean isDue() {
        Awaited first = waiting.peekFirst();
        if (first == null) {
            return false;
        }
        // Each tick asks this for every connection during an outage: the message broker first, and once.
        return first.blocks()
                ? first.over().getAsBoolean()
                : busAvailable.getAsBoolean()
                        && waiting.stream().anyMatch(awaited -> awaited.over().getAsBoolean());
    }

    /** How many there are. */
    public int size() {
        return waiting.size();
    }

    /**
     * The message broker is away: the frame waits for it behind the others. One that fails although it is there is
     * tried each second, as often as the limit has seconds: by the clock, an outage between two of its failures would
     * count, and so would the time in which a failure puts the link in doubt.
     *
     * @return false if it has failed too often: it does not wait
     */
    public boolean add(ClientFrame subscribe) {
        Optional<Awaited> tried =
                inHand.filter(awaited -> awaited.frame().frame().equals(subscribe.frame()));
        int failures = tried.map(Awaited::failures).orElse(0);
        if (AGAIN.multipliedBy(failures).compareTo(limit) > 0) {
            return false;
        }
        long addedNanos = nanoClock.getAsLong();
        long pauseNanos = tried.isPresent() ? AGAIN.toNanos() : 0;
        BooleanSupplier over = () -> nanoClock.getAsLong() - addedNanos >= pauseNanos;
        waiting.addLast(new Awaited(subscribe, failures, new TopicPattern(subscribe.destination()), over, false));
        return true;
    }

    /**
     * Tries those that can be tried now, in order.
     *
     * @param attempt carries one out, or {@linkplain #add adds} it again; gives what else it has to wait for
     */
    public void tryDue(Function<Frame, Optional<BooleanSupplier>> attempt) {
        for (int left = waiting.size(); left > 0 && isDue(); left--) {
            Awaited first = waiting.removeFirst();
            if (!first.over().getAsBoolean()) {
                waiting.addLast(first);
                continue;
            }
            Frame frame = first.frame().frame();
            inHand = Optional.of(busAvailable.getAsBoolean() ? first.failed() : first);
            Optional<BooleanSupplier> other = attempt.apply(frame);
            inHand = Optional.empty();
            other.ifPresent(over -> waiting.addFirst(first.blocking(over)));
        }
    }

    /** Whether one has the id of that SUBSCRIBE; STOMP 1.0 may name a subscription by its destination. */
    public boolean has(ClientFrame subscribe) {
        return waiting.stream()
                .map(Awaited::frame)
                .filter(awaited -> awaited.id().equals(subscribe.id()))
                .anyMatch(awaited ->
                        awaited.id().isPresent() || awaited.destination().equals(subscribe.destination()));
    }

    /** Takes out those that an UNSUBSCRIBE names. */
    public List<ClientFrame> withdraw(ClientFrame unsubscribe) {
        Predicate<ClientFrame> isNamed = subscribe -> unsubscribe.id().isPresent()
                ? subscribe.id().equals(unsubscribe.id())
                : subscribe.destination().equals(unsubscribe.destination());
        List<ClientFrame> named =
                waiting.stream().map(Awaited::frame).filter(isNamed).toList();
        waiting.removeIf(awaited -> isNamed.test(awaited.frame()));
        return named;
    }

    /** Whether a message to that topic would be for one of them; not for the one that is being tried. Any thread. */
    public boolean want(Destination destination) {
        return waiting.stream().anyMatch(awaited -> awaited.pattern().matches(destination));
    }

    /**
     * Whether one of them is to be carried out before a message is published there: a subscription that the client has
     * asked for before gets what it sends now. A queue keeps it, and without a message broker nothing can be sent. Any
     * thread.
     */
    public boolean precede(Destination published) {
        return !isEmpty() && published.isTopic() && busAvailable.getAsBoolean() && want(published);
    }

    /** Forgets all of them. */
    public void clear() {
        waiting.clear();
    }
}
