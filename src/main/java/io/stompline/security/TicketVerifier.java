package io.stompline.security;

/** Port: redeems tickets. Thread-safe; may wait for the message broker. */
public interface TicketVerifier {
    /** Knows no ticket. */
    TicketVerifier NONE = ticket -> new Authentication.Refused("this server has issued no tickets", false);

    /** Redeems a ticket: who shows it. The same ticket is accepted once, whoever shows it and however often. */
    Authentication redeem(Credentials.Ticket ticket);
}
