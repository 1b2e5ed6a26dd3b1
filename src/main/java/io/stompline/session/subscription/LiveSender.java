package io.stompline.session.subscription;

import io.stompline.frame.Headers;
import io.stompline.routing.hub.Broadcast;

/** Queues the live stream of one subscription for the client. Guarded by its subscription's monitor; does not block. */
sealed interface LiveSender permits DirectSender, DroppingSender {
    /**
     * Queues a message; one that is not queued is nothing to acknowledge.
     *
     * @param marks headers of this frame alone
     */
    void send(Broadcast live, Headers marks);

    /** Messages may be missing before the next one, nobody knows how many. */
    void noteGap();
}
