package io.stompline.session;

import io.stompline.frame.Version;
import io.stompline.security.Caller;
import java.util.Optional;

/**
 * What the WebSocket handshake said.
 *
 * @param sessionId unguessable id of the session, in letters, digits, {@code -} and {@code _}
 * @param remoteAddress the client's, as far as known
 * @param caller whom the container authenticated
 * @param subprotocol the version of the agreed subprotocol
 */
public record Handshake(
        String sessionId, String remoteAddress, Optional<Caller> caller, Optional<Version> subprotocol) {}
