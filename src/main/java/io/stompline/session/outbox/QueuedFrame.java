package io.stompline.session.outbox;

import io.stompline.frame.EncodedFrame;

/**
 * A frame that waits in an outbox.
 *
 * @param written called when the transport took the frame
 */
record QueuedFrame(EncodedFrame frame, Runnable written) {}
