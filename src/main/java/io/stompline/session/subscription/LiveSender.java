package io.stompline.session.subscription;

import io.stompline.routing.hub.Broadcast;

/** Queues the live stream of one subscription for the client. Guarded by its subscription's monitor; does not block. */
sealed interface LiveSender permits DirectSender, DroppingSender {
    /** Queues a message. */
    void send(Broadcast live);

    /** Messages may be missing before the next one, nobody knows how many. */
    void noteGap();
}
