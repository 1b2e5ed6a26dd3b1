package io.stompline.beans.sessions;

import io.stompline.api.StompTickets;
import io.stompline.cluster.NodeChannel;
import io.stompline.gateway.StompGateway;
import io.stompline.routing.BusException;
import io.stompline.security.Authentication;
import io.stompline.security.Caller;
import io.stompline.security.Credentials;
import io.stompline.security.TicketVerifier;
import io.stompline.security.container.RequestUser;
import io.stompline.security.ticket.OtherNodes;
import io.stompline.security.ticket.TicketOffice;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.security.enterprise.SecurityContext;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.Set;

/** Issues tickets to the application, and redeems them, also for other nodes. Thread-safe. */
@ApplicationScoped
public class NodeTickets implements StompTickets, TicketVerifier {
    private static final System.Logger LOG = System.getLogger(NodeTickets.class.getName());
    /**
     * Kind of notes: spends a ticket. The first line of the text is the node that issued it, the second its
     * fingerprint.
     */
    private static final String REDEEM_TICKET = "REDEEM_TICKET";

    /** Reply of that node with the caller, as JSON; empty if the ticket is refused. */
    private static final String TICKET = "TICKET";

    private static final int SHORT_NAME_CHARS = 8;
    private static final String NO_USER = "a ticket is issued for the user of an HTTP request, whom the container"
            + " authenticated, and there is none; name another user, or call issue() where that request is handled";

    @Inject
    private ClientViews clients;

    @Inject
    private NodeNotes notes;

    @Inject
    private StompGateway gateway;

    @Inject
    private Instance<HttpServletRequest> requests;

    @Inject
    private Instance<SecurityContext> security;

    private TicketOffice office;

    @PostConstruct
    void open() {
        office = new TicketOffice(shortName(clients.node()), new Asked(), System::nanoTime);
    }

    @Override
    public String issue() {
        return issue(user().orElseThrow(() -> new IllegalStateException(NO_USER)));
    }

    @Override
    public String issue(String user, Set<String> roles) {
        if (user.isEmpty()) {
            throw new IllegalArgumentException("a ticket needs the name of its user");
        }
        return issue(new Caller(user, Set.copyOf(roles)));
    }

    private String issue(Caller caller) {
        Redeemed.checkSize(caller);
        return office.issue(caller);
    }

    /** As a handshake would find it. */
    private Optional<Caller> user() {
        try {
            Optional<SecurityContext> known = security.isResolvable() ? Optional.of(security.get()) : Optional.empty();
            return RequestUser.of(requests.get(), known, gateway.roles());
        } catch (ContextNotActiveException | IllegalStateException noRequest) {
            throw new IllegalStateException(NO_USER, noRequest);
        }
    }

    @Override
    public Authentication redeem(Credentials.Ticket ticket) {
        return office.redeem(ticket);
    }

    /** Redeems tickets for other nodes, and takes their answers. */
    void hear(NodeChannel channel) {
        channel.hear(REDEEM_TICKET, note -> {
            String[] parts = note.text().split("\n", 2);
            if (parts[0].equals(shortName(clients.node()))) {
                notes.say(
                        TICKET,
                        note.query(),
                        office.take(parts[1]).map(Redeemed::write).orElse(""));
            }
        });
        channel.hear(TICKET, note -> office.answered(note.query(), Redeemed.read(note.text())));
    }

    private static String shortName(String node) {
        return node.substring(0, SHORT_NAME_CHARS);
    }

    /** The nodes, by way of the message broker. */
    private final class Asked implements OtherNodes {
        @Override
        public boolean isThere(String node) {
            return notes.others().stream().anyMatch(other -> shortName(other).equals(node));
        }

        @Override
        public boolean ask(String node, String question, String fingerprint) {
            try {
                notes.say(REDEEM_TICKET, question, node + "\n" + fingerprint);
                return true;
            } catch (BusException e) {
                LOG.log(System.Logger.Level.DEBUG, "another node cannot be asked for a ticket", e);
                return false;
            }
        }
    }
}
