package io.stompline.security.ticket;

/** Port to the other nodes, for tickets that they issued. Thread-safe. */
public interface OtherNodes {
    /** Whether a node is there, by its short name. */
    boolean isThere(String node);

    /**
     * Asks a node for the caller of a ticket, which is spent by that. May wait for the message broker. The answer goes
     * to {@link TicketOffice#answered}.
     *
     * @param question id that the answer has, too
     * @param fingerprint stands for the ticket, which itself stays here
     * @return whether the question is on its way
     */
    boolean ask(String node, String question, String fingerprint);
}
