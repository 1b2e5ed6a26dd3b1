package io.stompline.api;

import java.util.Set;

/**
 * Issues tickets, with which a page connects whose user the application knows: as {@code passcode} of CONNECT without
 * {@code login}. For pages of another origin, which the login of the container alone does not let in, and for
 * applications that log their users in by themselves. To be injected; thread-safe.
 *
 * <p>A ticket is a secret of 128 random bits. It is good for one login, within 30 s, on any server of the same message
 * broker. Send it in the body of an answer that is not cached ({@code Cache-Control: no-store}); never in an address.
 *
 * <p>Both methods throw {@link IllegalStateException} if the user has 100 tickets that were not shown yet, or all users
 * have 50,000.
 */
public interface StompTickets {
    /**
     * Issues a ticket for the user whom the container authenticated for the HTTP request of this thread, with the roles
     * that a connection with the container's login has.
     *
     * @throws IllegalStateException without an HTTP request, or if the container knows no user
     */
    String issue();

    /**
     * Issues a ticket for any user.
     *
     * @param user name of the principal
     * @param roles groups or roles
     * @throws IllegalArgumentException if the name is empty
     */
    String issue(String user, Set<String> roles);
}
