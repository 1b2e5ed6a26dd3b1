package io.stompline.api;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How a message is published. Immutable: each method gives another one.
 *
 * <pre>{@code
 * publisher.publish("/topic/chat", line, PublishOptions.header("priority", "7").butExcept(sender.sessionId()))
 * }</pre>
 */
public final class PublishOptions {
    /** No headers, no excluded session, in the transaction of the caller. */
    public static final PublishOptions NONE =
            new PublishOptions(Map.of(), Optional.empty(), Moment.WITH_COMMIT, Optional.empty());

    private static final Duration LONGEST_KEPT = Duration.ofDays(3_653);

    private enum Moment {
        WITH_COMMIT,
        AFTER_COMMIT,
        IMMEDIATELY
    }

    private final Map<String, String> headers;
    private final Optional<String> exceptSession;
    private final Moment moment;
    private final Optional<Duration> keptFor;

    private PublishOptions(
            Map<String, String> headers, Optional<String> exceptSession, Moment moment, Optional<Duration> keptFor) {
        this.headers = headers;
        this.exceptSession = exceptSession;
        this.moment = moment;
        this.keptFor = keptFor;
    }

    /**
     * With a STOMP header: {@code content-type}, {@code correlation-id}, {@code reply-to}, {@code type}, {@code
     * priority}, {@code expires}, {@code persistent}, {@code delivery-delay}, or one of your own.
     */
    public static PublishOptions header(String name, String value) {
        return NONE.withHeader(name, value);
    }

    /** Without the session of this id. */
    public static PublishOptions except(String sessionId) {
        return NONE.butExcept(sessionId);
    }

    /**
     * Published when the caller's transaction has committed, outside of it: cheaper than being part of it, but lost if
     * the server dies in between. Without a transaction, at once.
     */
    public static PublishOptions afterCommit() {
        return NONE.butAfterCommit();
    }

    /**
     * Published at once, outside of the caller's transaction: also if that is rolled back, and before what belongs to
     * it. For telling that something failed.
     */
    public static PublishOptions immediately() {
        return NONE.butImmediately();
    }

    /**
     * Kept for a user who is not connected, until one of the user's clients acknowledges it or the time is over: for
     * {@link StompPublisher#publishToUser}. It is a row of the application's database, in the caller's transaction.
     * With the header {@code expires}, too, the earlier end counts; a header that delays it is refused.
     *
     * @param time from 1 ms on; more than 10 years count as 10 years
     */
    public static PublishOptions keptFor(Duration time) {
        return NONE.butKeptFor(time);
    }

    /** The same with one header more. */
    public PublishOptions withHeader(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new PublishOptions(Map.copyOf(more), exceptSession, moment, keptFor);
    }

    /** The same with a version, which counts the changes of a snapshot, see {@link Snapshot#upTo}. */
    public PublishOptions withVersion(long version) {
        return withHeader(Snapshot.VERSION_HEADER, Long.toString(version));
    }

    /** The same without the session of this id. */
    public PublishOptions butExcept(String sessionId) {
        return new PublishOptions(headers, Optional.of(sessionId), moment, keptFor);
    }

    /** The same, but {@linkplain #afterCommit() after the commit}; of several moments the last is meant. */
    public PublishOptions butAfterCommit() {
        return new PublishOptions(headers, exceptSession, Moment.AFTER_COMMIT, keptFor);
    }

    /** The same, but {@linkplain #immediately() immediately}; of several moments the last is meant. */
    public PublishOptions butImmediately() {
        return new PublishOptions(headers, exceptSession, Moment.IMMEDIATELY, keptFor);
    }

    /**
     * The same, but {@linkplain #keptFor kept} for so long.
     *
     * @throws IllegalArgumentException if the time is shorter than 1 ms
     */
    public PublishOptions butKeptFor(Duration time) {
        if (time.compareTo(Duration.ofMillis(1)) < 0) {
            throw new IllegalArgumentException("a message is kept for 1 ms at least, not for " + time);
        }
        Duration bounded = time.compareTo(LONGEST_KEPT) > 0 ? LONGEST_KEPT : time;
        return new PublishOptions(headers, exceptSession, moment, Optional.of(bounded));
    }

    /** The headers by name. */
    public Map<String, String> headers() {
        return headers;
    }

    /** The session that is left out. */
    public Optional<String> exceptSession() {
        return exceptSession;
    }

    /** How long it is kept for its user until somebody acknowledges it; empty if it is not kept. */
    public Optional<Duration> keptFor() {
        return keptFor;
    }

    /** Whether it is published after the commit instead of with it. */
    public boolean isAfterCommit() {
        return moment == Moment.AFTER_COMMIT;
    }

    /** Whether it is published outside of the transaction. */
    public boolean isImmediate() {
        return moment == Moment.IMMEDIATELY;
    }
}
