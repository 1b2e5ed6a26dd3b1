package io.stompline.session;

import io.stompline.frame.FrameLimits;
import java.time.Duration;

/**
 * Limits and times of every connection.
 *
 * @param frames size of frames after CONNECTED
 * @param maxConnectFrameBytes size of frames before CONNECTED, in octets
 * @param connectTimeout from the opening of the WebSocket to a whole CONNECT
 * @param heartBeats what the server offers
 * @param pingInterval silence after which a client without heart-beats is pinged
 * @param pingTimeout silence after which such a client is given up
 * @param maxSubscriptions at a time
 * @param maxUnacknowledged messages per queue subscription; also how many a queue hands out ahead
 * @param transactions limits of transactions
 * @param outbox limits of what waits to be sent
 * @param server the {@code server} header
 */
public record SessionRules(
        FrameLimits frames,
        int maxConnectFrameBytes,
        Duration connectTimeout,
        HeartBeats heartBeats,
        Duration pingInterval,
        Duration pingTimeout,
        int maxSubscriptions,
        int maxUnacknowledged,
        TransactionLimits transactions,
        OutboxLimits outbox,
        String server) {

    /**
     * Limits of transactions.
     *
     * @param maxOpen at a time
     * @param maxFrames SENDs, ACKs and NACKs in one transaction
     * @param maxBytes bodies in one transaction, in octets
     * @param timeout from BEGIN to COMMIT
     */
    public record TransactionLimits(int maxOpen, int maxFrames, int maxBytes, Duration timeout) {}

    /**
     * Limits of what waits to be sent.
     *
     * @param maxBytes octets of frames that the socket has not taken
     * @param maxMessageBytes how many octets of waiting frames go out as one WebSocket message
     * @param stallTimeout how long one WebSocket message may wait for the socket
     */
    public record OutboxLimits(int maxBytes, int maxMessageBytes, Duration stallTimeout) {}
}
