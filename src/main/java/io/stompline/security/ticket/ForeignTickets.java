package io.stompline.security.ticket;

import io.stompline.security.Authentication;
import io.stompline.security.Caller;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;

/**
 * Redeems tickets of other nodes by asking the one that issued them. Thread-safe.
 *
 * <p>That node spends a ticket at the first question, and an answer goes to one login only: so a ticket is accepted
 * once on all nodes. If the answer is lost, the ticket is lost, too. At most 1,000 questions are open; while there are
 * so many, further tickets wait.
 */
final class ForeignTickets {
    static final Duration PATIENCE = Duration.ofSeconds(5);

    static final int MAX_OPEN = 1_000;
    private static final Authentication NOBODY_THERE =
            new Authentication.Refused("the ticket is refused: the server that issued it cannot be asked", false);

    private final OtherNodes nodes;
    private final LongSupplier nanoClock;

    /** By the fingerprint of the ticket, the oldest first. */
    private final Map<String, Question> open = new LinkedHashMap<>();

    /** A question to another node. */
    private final class Question {
        private final String id = UUID.randomUUID().toString();
        private final long askedNanos = nanoClock.getAsLong();
        private volatile Optional<Authentication> answer = Optional.empty();

        private boolean isLate() {
            return nanoClock.getAsLong() - askedNanos > PATIENCE.toNanos();
        }

        private Authentication pending() {
            return new Authentication.Pending(this::isOver);
        }

        private boolean isOver() {
            return answer.isPresent() || isLate();
        }

        /** An answer that nobody fetched in time does not count: its client has gone. */
        private Authentication outcome() {
            return isLate() ? NOBODY_THERE : answer.orElse(NOBODY_THERE);
        }
    }

    ForeignTickets(OtherNodes nodes, LongSupplier nanoClock) {
        this.nodes = nodes;
        this.nanoClock = nanoClock;
    }

    /** Redeems a ticket: pending at first, until the answer is there. */
    Authentication redeem(TicketText ticket) {
        String fingerprint = ticket.fingerprint();
        Optional<Authentication> known = known(fingerprint);
        return known.isPresent() ? known.get() : ask(ticket.node(), fingerprint);
    }

    private Optional<Authentication> known(String fingerprint) {
        synchronized (open) {
            Question question = open.get(fingerprint);
            if (question != null && question.isOver()) {
                open.remove(fingerprint);
                return Optional.of(question.outcome());
            }
            return Optional.ofNullable(question).map(Question::pending);
        }
    }

    private Authentication ask(String node, String fingerprint) {
        if (!nodes.isThere(node)) {
            return NOBODY_THERE;
        }
        Question question = new Question();
        synchronized (open) {
            if (!hasRoom()) {
                return new Authentication.Pending(this::hasRoom);
            }
            Question other = open.putIfAbsent(fingerprint, question);
            if (other != null) {
                return other.pending();
            }
        }
        if (nodes.ask(node, question.id, fingerprint)) {
            return question.pending();
        }
        synchronized (open) {
            open.remove(fingerprint, question);
        }
        return NOBODY_THERE;
    }

    /** Whether one more question may be asked; if there is no room, those whose clients have gone make some. */
    private boolean hasRoom() {
        synchronized (open) {
            // Oldest first: this is asked often when there is no room.
            Iterator<Question> oldest = open.values().iterator();
            while (open.size() >= MAX_OPEN && oldest.hasNext() && oldest.next().isLate()) {
                oldest.remove();
            }
            return open.size() < MAX_OPEN;
        }
    }

    /** The answer to a question; ignored if nobody waits for it. */
    void answered(String id, Optional<Caller> caller) {
        Authentication answer =
                caller.<Authentication>map(Authentication.Accepted::new).orElse(TicketOffice.REFUSED);
        synchronized (open) {
            open.values().stream()
                    .filter(question -> question.id.equals(id))
                    .forEach(question -> question.answer = Optional.of(answer));
        }
    }
}
