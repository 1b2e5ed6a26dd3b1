package io.stompline.websocket.tyrus;

import java.util.EnumSet;
import java.util.Set;

/**
 * One change to the behaviour of Tyrus or Grizzly for which neither has a setting, with the consequence of its absence.
 */
enum Adaptation {
    /** {@link IdleTimerBypass}. */
    IDLE_TIMER_BYPASS(
            Kind.DEFENCE,
            "the bypass of idle timers",
            "Tyrus schedules a timer task with each message, which takes more than half of the CPU time of the message"),

    /** {@link io.stompline.websocket.stream.FrameGuard} with its LingeringClose. */
    FRAME_GUARD(
            Kind.DEFENCE,
            "the check of WebSocket frames",
            "Tyrus logs a stack trace for each frame that is too large, takes unmasked ones, and cuts off clients that still"
                    + " write when they get an ERROR"),

    /** {@link io.stompline.websocket.stream.PongFloodGuard}. */
    PONG_FLOOD_GUARD(
            Kind.DEFENCE,
            "the bound of unread pongs",
            "Tyrus queues pongs without a limit, so that a client that sends pings and does not read can fill the heap"),

    /** {@link WriteQueueLimit}. */
    WRITE_QUEUE_LIMIT(
            Kind.DEFENCE,
            "the bound of the write queue",
            "Grizzly queues some megabytes for each client that does not read, so that many such clients can fill the heap"),

    /** {@link SocketAbort}. */
    SOCKET_ABORT(
            Kind.DEFENCE,
            "the bound of sockets that wait to be read",
            "Grizzly keeps a closed socket until its client has read all, so that clients that do not read can use up the"
                    + " file descriptors"),

    /** {@link RetiredStreams}. */
    RETIRED_STREAMS(
            Kind.DEFENCE,
            "the retirement of streams",
            "Grizzly gives the request and the streams of a closed connection to the next one while threads still use them,"
                    + " so that a client may get bytes of another"),

    /** {@link HeaderDeadline}. */
    HEADER_DEADLINE(
            Kind.DEFENCE,
            "the deadline of HTTP headers",
            "Grizzly keeps a connection whose client sends an octet of a header now and then, so that such clients can use up"
                    + " the file descriptors"),

    /** {@link EndNotice}. */
    END_NOTICE(
            Kind.DEFENCE,
            "the notice of clients that have gone",
            "Grizzly does not read while it answers, so that a session over plain HTTP outlives its client for a minute"),

    /** {@link CopyLimit}. */
    COPY_LIMIT(
            Kind.OPTIMISATION,
            "the limit of copies",
            "Grizzly copies each message below 8 KiB into a buffer of 8 KiB, which costs memory while a client does not read"),

    /** {@link TyrusWriter}. */
    DIRECT_WRITER(
            Kind.OPTIMISATION,
            "the direct writer",
            "Tyrus encodes each text message to UTF-8 once more, octet by octet"),

    /** {@link ReadBuffers}. */
    READ_BUFFER_RELEASE(
            Kind.OPTIMISATION,
            "the release of read buffers",
            "Tyrus keeps two buffers as large as the largest frame of a connection for as long as it lasts"),

    /** {@link HandshakeRelease}. */
    HANDSHAKE_RELEASE(
            Kind.OPTIMISATION,
            "the release of handshakes",
            "Tyrus keeps 2.6 KiB of request and response for as long as a connection lasts");

    /** The consequence of a missing adaptation. */
    private enum Kind {
        /** A protection of other clients. */
        DEFENCE,
        /** CPU time or memory. */
        OPTIMISATION
    }

    private final Kind kind;
    private final String title;
    private final String consequence;

    Adaptation(Kind kind, String title, String consequence) {
        this.kind = kind;
        this.title = title;
        this.consequence = consequence;
    }

    /** The adaptations that are applied to each connection when it is upgraded (RFC 6455, 4.2.2). */
    static Set<Adaptation> atUpgrade() {
        return EnumSet.complementOf(EnumSet.of(IDLE_TIMER_BYPASS, HEADER_DEADLINE, END_NOTICE, DIRECT_WRITER));
    }

    boolean isDefence() {
        return kind == Kind.DEFENCE;
    }

    /** Its name in the log, with an article. */
    String title() {
        return title;
    }

    /** One sentence for the log. */
    String missing(String reason) {
        return title + " is not active (" + reason + "): " + consequence;
    }
}
