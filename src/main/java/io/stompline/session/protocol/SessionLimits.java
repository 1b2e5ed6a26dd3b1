package io.stompline.session.protocol;

import io.stompline.config.Setting;
import io.stompline.config.Settings;
import io.stompline.frame.FrameLimits;
import java.time.Duration;
import java.util.List;

/**
 * Limits and times of every connection. Each part reads its own settings.
 *
 * @param frames size of frames after CONNECTED
 * @param maxConnectFrameBytes size of frames before CONNECTED, in octets
 * @param headers length of headers that the server keeps or compares
 * @param maxFramesPerSecond how many frames of a connection are carried out in a second, 0 for no limit; faster ones
 *     wait
 * @param frameTimeout from the first octet of a frame to its last, with a second more for each KiB
 * @param connectTimeout from the opening of the connection to a whole CONNECT
 * @param brokerTimeout how long a frame waits for a message broker that is away
 * @param beats heart-beats and pings
 * @param subscriptions limits of subscriptions
 * @param transactions limits of transactions
 * @param outbox limits of frames that wait to be sent
 * @param tokenGrace how long a connection outlives its token or other credentials
 * @param namesSenders whether a MESSAGE says which user sent it
 * @param endsDenied whether a SEND or SUBSCRIBE that is not allowed ends the connection; otherwise a message tells
 * @param recheck how often open subscriptions are checked again; zero is never
 * @param server the {@code server} header
 */
public record SessionLimits(
        FrameLimits frames,
        int maxConnectFrameBytes,
        ClientFrame.HeaderLimits headers,
        int maxFramesPerSecond,
        Duration frameTimeout,
        Duration connectTimeout,
        Duration brokerTimeout,
        HeartBeatLimits beats,
        SubscriptionLimits subscriptions,
        TransactionLimits transactions,
        OutboxLimits outbox,
        Duration tokenGrace,
        boolean namesSenders,
        boolean endsDenied,
        Duration recheck,
        String server) {

    /** As the settings say. */
    public static SessionLimits from(Settings settings) {
        return new SessionLimits(
                frames(settings),
                settings.number(Setting.FRAME_MAX_CONNECT_BYTES),
                ClientFrame.HeaderLimits.from(settings),
                settings.number(Setting.FRAME_MAX_PER_SECOND),
                settings.time(Setting.FRAME_TIMEOUT),
                settings.time(Setting.CONNECT_TIMEOUT),
                settings.time(Setting.BROKER_TIMEOUT),
                HeartBeatLimits.from(settings),
                SubscriptionLimits.from(settings),
                TransactionLimits.from(settings),
                OutboxLimits.from(settings),
                settings.time(Setting.TOKEN_GRACE),
                settings.flag(Setting.MESSAGE_SENDER),
                settings.oneOf(Setting.DENIED, List.of("error", "message")).equals("error"),
                settings.time(Setting.ACCESS_RECHECK),
                "Stompline");
    }

    private static FrameLimits frames(Settings settings) {
        return new FrameLimits(
                settings.number(Setting.FRAME_MAX_BYTES),
                settings.number(Setting.FRAME_MAX_HEADERS),
                settings.number(Setting.FRAME_MAX_HEADER_LINE_BYTES),
                settings.number(Setting.FRAME_MAX_HEADERS_BYTES),
                new FrameLimits.Names(
                        Setting.FRAME_MAX_BYTES.key() + ", before CONNECTED " + Setting.FRAME_MAX_CONNECT_BYTES.key(),
                        Setting.FRAME_MAX_HEADERS.key(),
                        Setting.FRAME_MAX_HEADER_LINE_BYTES.key(),
                        Setting.FRAME_MAX_HEADERS_BYTES.key()));
    }

    /**
     * How connections are kept alive.
     *
     * @param offer the heart-beats that the server offers
     * @param shortest the shortest interval of heart-beats either way, whatever a client asks for or promises
     * @param pingInterval silence after which a client is pinged at the latest
     * @param pingTimeout silence after which a client without heart-beats is given up
     */
    public record HeartBeatLimits(HeartBeats offer, Duration shortest, Duration pingInterval, Duration pingTimeout) {
        static HeartBeatLimits from(Settings settings) {
            return new HeartBeatLimits(
                    new HeartBeats(settings.time(Setting.HEART_BEAT_SEND), settings.time(Setting.HEART_BEAT_EXPECT)),
                    settings.time(Setting.HEART_BEAT_SHORTEST),
                    settings.time(Setting.PING_INTERVAL),
                    settings.time(Setting.PING_TIMEOUT));
        }
    }

    /**
     * Limits of subscriptions.
     *
     * @param max subscriptions of a connection at a time, temporary queues included
     * @param maxUnacknowledged unacknowledged messages of a queue or durable subscription at a time, those acknowledged
     *     in an open transaction included; the {@link io.stompline.routing.FeedRequest#prefetch} of its feed
     * @param maxUnacknowledgedOfTopic unacknowledged messages of a topic subscription at a time, and messages that wait
     *     for its snapshot; one more ends the connection, for topics do not wait
     * @param overflow treatment of messages that a slow client has no room for
     */
    public record SubscriptionLimits(
            int max, int maxUnacknowledged, int maxUnacknowledgedOfTopic, OverflowPolicy.Choice overflow) {
        static SubscriptionLimits from(Settings settings) {
            return new SubscriptionLimits(
                    settings.number(Setting.SUBSCRIPTION_MAX),
                    settings.number(Setting.SUBSCRIPTION_MAX_UNACKNOWLEDGED),
                    settings.number(Setting.SUBSCRIPTION_MAX_UNACKNOWLEDGED_OF_TOPIC),
                    OverflowPolicy.Choice.from(settings));
        }
    }

    /**
     * Limits of transactions.
     *
     * @param maxOpen at a time
     * @param maxFrames SENDs, ACKs and NACKs in one transaction
     * @param maxBytes bodies in one transaction, in octets
     * @param timeout from BEGIN to COMMIT
     */
    public record TransactionLimits(int maxOpen, int maxFrames, int maxBytes, Duration timeout) {
        static TransactionLimits from(Settings settings) {
            return new TransactionLimits(
                    settings.number(Setting.TRANSACTION_MAX_OPEN),
                    settings.number(Setting.TRANSACTION_MAX_FRAMES),
                    settings.number(Setting.TRANSACTION_MAX_BYTES),
                    settings.time(Setting.TRANSACTION_TIMEOUT));
        }
    }

    /**
     * Limits of frames that wait to be sent.
     *
     * @param maxBytes octets of frames that the transport has not taken
     * @param maxWriteBytes how many octets of waiting frames go out in one write
     * @param merged whether they are one message of the transport then, not one each
     * @param stallTimeout how long the transport may take for one message
     */
    public record OutboxLimits(int maxBytes, int maxWriteBytes, boolean merged, Duration stallTimeout) {
        static OutboxLimits from(Settings settings) {
            return new OutboxLimits(
                    settings.number(Setting.OUTBOX_MAX_BYTES),
                    settings.number(Setting.OUTBOX_MAX_WRITE_BYTES),
                    settings.flag(Setting.OUTBOX_MERGE),
                    settings.time(Setting.OUTBOX_STALL_TIMEOUT));
        }
    }
}
