package io.stompline.session.protocol;

import io.stompline.frame.FrameLimits;
import java.time.Duration;

/**
 * Limits and times of every connection.
 *
 * @param frames size of frames after CONNECTED
 * @param maxConnectFrameBytes size of frames before CONNECTED, in octets
 * @param headers length of headers that the server keeps or compares
 * @param maxFramesPerSecond how many frames of a connection are carried out in a second, 0 for no limit; what comes
 *     faster waits
 * @param connectTimeout from the opening of the connection to a whole CONNECT
 * @param brokerTimeout how long a frame waits for a message broker that is away
 * @param beats heart-beats and pings
 * @param subscriptions limits of subscriptions
 * @param transactions limits of transactions
 * @param outbox limits of what waits to be sent
 * @param server the {@code server} header
 */
public record SessionLimits(
        FrameLimits frames,
        int maxConnectFrameBytes,
        HeaderLimits headers,
        int maxFramesPerSecond,
        Duration connectTimeout,
        Duration brokerTimeout,
        HeartBeatLimits beats,
        SubscriptionLimits subscriptions,
        TransactionLimits transactions,
        OutboxLimits outbox,
        String server) {

    /**
     * Lengths of headers, in characters.
     *
     * @param maxDestination {@code destination}, {@code reply-to}
     * @param maxId {@code id}, {@code receipt}, {@code transaction}, {@code client-id}, {@code name}, …
     * @param maxSelector {@code selector}
     */
    public record HeaderLimits(int maxDestination, int maxId, int maxSelector) {}

    /**
     * How connections are kept alive.
     *
     * @param offer the heart-beats that the server offers
     * @param shortest the shortest interval of heart-beats either way, whatever a client asks for or promises
     * @param pingInterval silence after which a client without heart-beats is pinged
     * @param pingTimeout silence after which such a client is given up
     */
    public record HeartBeatLimits(HeartBeats offer, Duration shortest, Duration pingInterval, Duration pingTimeout) {}

    /**
     * Limits of subscriptions.
     *
     * @param max subscriptions of a connection at a time, temporary queues included
     * @param maxUnacknowledged unacknowledged messages of a queue or durable subscription at a time, those acknowledged
     *     in an open transaction included; the {@link io.stompline.routing.FeedRequest#prefetch} of its feed
     * @param maxUnacknowledgedOfTopic unacknowledged messages of a topic subscription at a time, and messages that wait
     *     for its snapshot; one more ends the connection, for topics do not wait
     */
    public record SubscriptionLimits(int max, int maxUnacknowledged, int maxUnacknowledgedOfTopic) {}

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
     * @param maxBytes octets of frames that the transport has not taken
     * @param maxMessageBytes how many octets of waiting frames go out as one message of the transport
     * @param stallTimeout how long the transport may take for one message
     */
    public record OutboxLimits(int maxBytes, int maxMessageBytes, Duration stallTimeout) {}
}
