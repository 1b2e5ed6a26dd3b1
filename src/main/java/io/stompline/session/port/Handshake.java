package io.stompline.session.port;

import io.stompline.frame.Version;
import io.stompline.security.Credentials;
import java.util.Optional;

/**
 * The facts that the transport knows of a connection before its first frame.
 *
 * @param sessionId unguessable id of the session, in letters, digits, {@code -} and {@code _}
 * @param remoteAddress the client's, as far as known
 * @param login the user that the container authenticated
 * @param subprotocol the version that the transport negotiated, if it negotiates any
 */
public record Handshake(
        String sessionId,
        String remoteAddress,
        Optional<Credentials.ContainerCaller> login,
        Optional<Version> subprotocol) {}
