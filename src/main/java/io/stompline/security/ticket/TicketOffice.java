package io.stompline.security.ticket;

import io.stompline.security.Authentication;
import io.stompline.security.Caller;
import io.stompline.security.Credentials;
import io.stompline.security.TicketVerifier;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Issues the tickets of this node, and redeems those of all nodes. Thread-safe. */
public final class TicketOffice implements TicketVerifier {
    /** Says the same of a ticket that was spent, one that is too old, and one that never was. */
    static final Authentication REFUSED =
            new Authentication.Refused("the ticket is refused: it was used before, is older" + " than "
                    + Tickets.LIFE.toSeconds() + " s, or was issued by no server here");

    private final String node;
    private final Tickets own;
    private final ForeignTickets foreign;

    /**
     * An office without tickets.
     *
     * @param node short name of this node, 8 hexadecimal digits
     * @param others asked for tickets of theirs
     */
    public TicketOffice(String node, OtherNodes others, LongSupplier nanoClock) {
        this.node = node;
        this.own = new Tickets(nanoClock);
        this.foreign = new ForeignTickets(others, nanoClock);
    }

    /**
     * Issues a ticket, which is a secret of that caller.
     *
     * @throws IllegalStateException if the caller, or this node, has too many that were not shown yet
     */
    public String issue(Caller caller) {
        TicketText ticket = TicketText.next(node);
        own.add(ticket, caller);
        return ticket.text();
    }

    @Override
    public Authentication redeem(Credentials.Ticket shown) {
        Optional<TicketText> ticket = TicketText.of(shown);
        if (ticket.isEmpty()) {
            return REFUSED;
        }
        return ticket.get().node().equals(node)
                ? take(ticket.get().fingerprint())
                        .<Authentication>map(Authentication.Accepted::new)
                        .orElse(REFUSED)
                : foreign.redeem(ticket.get());
    }

    /** Spends a ticket of this node that was shown to another one. */
    public Optional<Caller> take(String fingerprint) {
        return own.take(fingerprint);
    }

    /** The node of a ticket that was shown here has answered. */
    public void answered(String question, Optional<Caller> caller) {
        foreign.answered(question, caller);
    }
}
