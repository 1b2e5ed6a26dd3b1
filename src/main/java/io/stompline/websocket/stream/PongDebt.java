package io.stompline.websocket.stream;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the pongs of one connection that the socket has not taken yet: pings received less pongs sent.
 *
 * <p>One thread at a time may report received bytes, another one sent bytes.
 */
final class PongDebt {
    private static final System.Logger LOG = System.getLogger(PongDebt.class.getName());
    /** 0.5 MiB in Tyrus' queue; a client that reads has one or two under way. */
    private static final int MAX_PONGS = 1_000;

    private final String remoteAddress;
    private final AtomicInteger owed = new AtomicInteger();
    private boolean exceeded;
    private final FrameScan received = new FrameScan((opcode, masked, length) -> {
        if (opcode == FrameScan.PING) {
            owed.incrementAndGet();
        }
    });

    PongDebt(String remoteAddress) {
        this.remoteAddress = remoteAddress;
    }

    /**
     * Called before each read: all pings that were read must have been answered or their pongs queued.
     *
     * @throws IOException once, if more than 1,000 pongs are queued; bytes that are read while the connection is being
     *     closed are discarded below
     */
    void check() throws IOException {
        if (owed.get() > MAX_PONGS && !exceeded) {
            exceeded = true;
            LOG.log(
                    System.Logger.Level.INFO,
                    "a client at {0} sends pings and does not read the pongs: its connection is closed",
                    remoteAddress);
            throw new IOException("more than " + MAX_PONGS + " pongs are queued for the client");
        }
    }

    void received(byte[] bytes, int offset, int size) {
        received.scan(bytes, offset, size);
    }

    /** Notes one write, perhaps of a pong. Tyrus (seen in 2.1.5) writes each pong by itself, and whole frames only. */
    void sent(byte[] bytes, int offset, int size) {
        if (size > 0 && FrameScan.opcode(bytes[offset]) == FrameScan.PONG) {
            owed.decrementAndGet();
        }
    }
}
