package io.stompline.api;

import java.util.Set;

/**
 * Issues tickets: a page whose user the application knows logs in with one, as {@code passcode} of CONNECT without
 * {@code login}. For pages of another origin, which the login of the container alone does not let in, and for
 * applications that log their users in by themselves. To be injected; thread-safe.
 *
 * <p>A ticket is a secret of 128 random bits. It is good for one login, within 30 s, on any server of the same message
 * broker. Send it in the body of an answer that is not cached ({@code Cache-Control: no-store}); never in an address.
 *
 * <p>One user has at most 100 tickets that were not shown yet, all users of a node have 50,000.
 */
public interface StompTickets {
    /**
     * Issues a ticket for the user whom the container authenticated for the HTTP request of this thread, with the roles
     * that a connection with the container's login has.
     *
     * @return the ticket, a secret in ASCII that begins with {@code ticket~}
     * @throws IllegalStateException if the thread handles no HTTP request, the container knows no user, or there are
     *     too many tickets
     */
    String issue();

    /**
     * Issues a ticket for any user.
     *
     * @param user name of the principal
     * @param roles groups or roles
     * @return the ticket, a secret in ASCII that begins with {@code ticket~}
     * @throws IllegalArgumentException if the name is empty
     * @throws NullPointerException if the name or a role is null
     * @throws IllegalStateException if there are too many tickets
     */
    String issue(String user, Set<String> roles);
}
