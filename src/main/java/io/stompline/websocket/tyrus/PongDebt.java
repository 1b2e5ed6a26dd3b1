package io.stompline.websocket.tyrus;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The pongs that a client is owed: it sent pings, and the socket has not taken the answers yet.
 *
 * <p>Received bytes come from one thread at a time, and so do sent ones.
 */
final class PongDebt {
    private static final System.Logger LOG = System.getLogger(PongDebt.class.getName());
    private static final int PING = 9;
    private static final int PONG = 10;

    /** Clients have one or two under way; that many take half a MiB. */
    private static final int MAX_PONGS = 1_000;

    private final String remoteAddress;
    private final FrameCount pings = new FrameCount(PING);
    private final FrameCount pongs = new FrameCount(PONG);
    private final AtomicInteger owed = new AtomicInteger();

    PongDebt(String remoteAddress) {
        this.remoteAddress = remoteAddress;
    }

    /** Looks whether more may be read. What was read before must have been answered, or the answers must be waiting. */
    void check() throws IOException {
        if (owed.get() > MAX_PONGS) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "a client at {0} sends pings and does not read the pongs: its connection is closed",
                    remoteAddress);
            throw new IOException("more than " + MAX_PONGS + " pongs wait for the client");
        }
    }

    void received(byte[] bytes, int offset, int size) {
        owed.addAndGet(pings.count(bytes, offset, size));
    }

    void sent(byte[] bytes, int offset, int size) {
        owed.addAndGet(-pongs.count(bytes, offset, size));
    }
}
