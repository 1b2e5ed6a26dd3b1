package io.stompline.session;

import io.stompline.routing.Destination;
import io.stompline.security.Action;
import io.stompline.security.Caller;
import io.stompline.security.Permissions;
import io.stompline.security.Refusal;
import io.stompline.session.protocol.StompError;
import io.stompline.session.protocol.StompException;
import java.util.Optional;

/**
 * What the caller of one connection may do. Thread-safe; may block as long as the application's access control does.
 *
 * @param caller who is connected
 * @param permissions those of the node
 */
record Rights(Caller caller, Permissions permissions) {
    /**
     * Asks for one frame.
     *
     * @throws StompException FORBIDDEN or LIMIT_EXCEEDED
     */
    void check(Action action, Destination destination) {
        Optional<Refusal> refusal = permissions.refusal(caller, action, destination);
        if (refusal.isPresent()) {
            throw new StompException(
                    error(refusal.get().reason()), refusal.get().detail());
        }
    }

    private static StompError error(Refusal.Reason reason) {
        return switch (reason) {
            case FORBIDDEN -> StompError.FORBIDDEN;
            case LIMIT -> StompError.LIMIT_EXCEEDED;
        };
    }
}
