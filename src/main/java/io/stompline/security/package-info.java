/**
 * The checks of who may connect, send and subscribe: the ports {@link io.stompline.security.Authenticator}, {@link
 * io.stompline.security.CredentialsCheck}, {@link io.stompline.security.TicketVerifier} and {@link
 * io.stompline.security.AccessControl} with what stands behind them, the rule for the origin of a handshake, and {@link
 * io.stompline.security.Permissions}, the one place that answers "may this caller do that with this destination".
 *
 * {@link io.stompline.security.Admission} counts connections, {@link io.stompline.security.LoginThrottle} wrong
 * passcodes and tickets.
 *
 * <p>Refuses when in doubt. How a refusal looks on the wire is not its business.
 */
package io.stompline.security;
