package io.stompline.session.timing;

import io.stompline.config.Setting;
import io.stompline.session.outbox.Outbox;
import io.stompline.session.outbox.Wire;
import io.stompline.session.protocol.HeartBeats;
import io.stompline.session.protocol.SessionLimits;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Heart-beats in both directions (STOMP 1.2, "Heart-beating"), and pings of the transport, for a client that was
 * silent for long.
 * Thread-safe.
 */
public final class Pulse {
    /** Heart-beats are sent this much early: a planned check is up to 100 ms late. */
    private static final Duration LEAD = Duration.ofMillis(250);

    /** Clients with a longer interval are given up after the ping timeout instead. */
    private static final Duration SLOWEST = Duration.ofMinutes(5);

    /** How long the answer to a ping may take, on a bad line, though the first ping was late. */
    private static final Duration ANSWER = Duration.ofSeconds(1);

    /** How long a client that came back on another connection may take to answer here, behind what is on its way. */
    private static final Duration CHALLENGE = Duration.ofSeconds(2);

    /** One that has answered is not asked again so soon, however often its client connects. */
    private static final Duration CHALLENGE_EVERY = Duration.ofMillis(100);

    /**
     * For how long the transport's word stands for a client that leaves pings unanswered and agreed on heart-beats:
     * a hidden browser tab sends one a minute.
     */
    private static final Duration UNHEARD = Duration.ofMinutes(2);

    /** Tolerance beyond twice the agreed interval. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    /**
     * Heart-beats as agreed, in nanoseconds, since every check of every connection compares them.
     *
     * @param sendNanos when to send one after the last bytes, 0 for never
     * @param silenceNanos how long the client may be silent; 0 for the ping timeout
     * @param expected the interval that the client promised
     */
    private record Agreed(long sendNanos, long silenceNanos, Duration expected) {
        static Agreed of(HeartBeats agreed) {
            long interval = agreed.send().toNanos();
            long expected = agreed.expect().toNanos();
            return new Agreed(
                    interval - Math.min(LEAD.toNanos(), interval / 2),
                    expected == 0 || expected > SLOWEST.toNanos() ? 0 : 2 * expected + GRACE.toNanos(),
                    agreed.expect());
        }
    }

    /**
     * A silence for which the client is given up.
     *
     * @param reason a sentence
     * @param replaced whether the same client is there on another connection
     */
    public record Silence(String reason, boolean replaced) {}

    private final SessionLimits.HeartBeatLimits limits;
    private final Wire wire;
    private final Outbox outbox;
    private final LongSupplier nanoClock;
    private volatile long lastHeardNanos;
    private volatile long lastTakenPingNanos;
    private volatile long lastPingNanos;

    /** The first ping since the client's last sign. On the thread of the checks. */
    private long askedNanos;

    /** When the same client was last found to be there on another connection. */
    private volatile Optional<Long> challengedNanos = Optional.empty();

    private volatile long writtenPingNanos;

    /** Whether a ping waits until the transport has taken what is before it. */
    private volatile boolean owesPing;

    private volatile Agreed terms = Agreed.of(HeartBeats.NONE);
    private volatile boolean listening = true;

    public Pulse(SessionLimits.HeartBeatLimits limits, Wire wire, Outbox outbox, LongSupplier nanoClock) {
        this.limits = limits;
        this.wire = wire;
        this.outbox = outbox;
        this.nanoClock = nanoClock;
        this.lastPingNanos = nanoClock.getAsLong();
        this.writtenPingNanos = lastPingNanos;
        this.lastTakenPingNanos = lastPingNanos;
        heard();
    }

    /** Heart-beats as agreed from now on. */
    public void start(HeartBeats heartBeats) {
        heard();
        terms = Agreed.of(heartBeats);
    }

    /** Bytes or a pong arrived. */
    public void heard() {
        lastHeardNanos = nanoClock.getAsLong();
    }

    /**
     * A transport whose clients need not answer pings could send one: the connection is there, and so the client if it
     * has agreed on no heart-beats, or was heard in the last 2 minutes. No answer to {@link #challenge}.
     */
    public void pingTaken() {
        lastTakenPingNanos = nanoClock.getAsLong();
    }

    /** Whether the transport is read from now on; while it is not, silence of the client does not count. */
    public void listen(boolean now) {
        heard();
        listening = now;
    }

    /** Whether the transport is read. */
    public boolean isListening() {
        return listening;
    }

    /**
     * The same client came back on another connection: pings this one, which {@link #tick()} gives up if nothing comes
     * within 2 s. Another challenge meanwhile does not prolong that, and one within 100 ms of the last has the same
     * outcome. Any thread.
     *
     * @return whether anything came
     */
    public BooleanSupplier challenge() {
        long since = openChallenge().or(this::recentChallenge).orElseGet(this::beginChallenge);
        return () -> !listening || lastHeardNanos - since > 0;
    }

    private Optional<Long> recentChallenge() {
        long now = nanoClock.getAsLong();
        return challengedNanos.filter(since -> now - since < CHALLENGE_EVERY.toNanos());
    }

    private long beginChallenge() {
        long now = nanoClock.getAsLong();
        challengedNanos = Optional.of(now);
        ping(now);
        return now;
    }

    /** Only one is queued behind what the transport does not take, for pings have no limit there. */
    private void ping(long now) {
        owesPing = outbox.isSending() && outbox.lastSentNanos() - writtenPingNanos < 0;
        if (!owesPing) {
            writtenPingNanos = now;
            wire.ping();
        }
    }

    /** Sends a heart-beat before its time to a client that expects some. */
    public void beat() {
        if (terms.sendNanos() > 0) {
            outbox.offerHeartBeat();
        }
    }

    /**
     * Sends the heart-beat or ping that is due.
     *
     * @return why the connection must be ended; empty if it must not
     */
    public Optional<Silence> tick() {
        long now = nanoClock.getAsLong();
        beatIfDue(now);
        if (owesPing) {
            ping(now);
        }
        return unansweredChallenge(now).or(() -> listen(now));
    }

    /**
     * Plans the next check for when the next heart-beat or ping is due if nothing else is sent or comes until then. On
     * the thread of the checks.
     */
    public void plan(NextCheck nextCheck) {
        long sendNanos = terms.sendNanos();
        if (sendNanos > 0) {
            nextCheck.noLaterThan(outbox.lastSentNanos() + sendNanos);
        }
        openChallenge().ifPresent(since -> nextCheck.noLaterThan(since + CHALLENGE.toNanos()));
        if (owesPing) {
            nextCheck.noLaterThan(nanoClock.getAsLong());
        }
        if (listening) {
            nextCheck.noLaterThan(Math.max(lastSignNanos(), lastPingNanos) + pingAfter());
        }
    }

    private Optional<Silence> unansweredChallenge(long now) {
        return openChallenge()
                .filter(since -> now - since >= CHALLENGE.toNanos())
                .map(since -> new Silence(
                        "the same client came back on another connection, and no answer to a ping came here within "
                                + CHALLENGE.toMillis() + " ms",
                        true));
    }

    /** Since when the client has shown no sign of life that it was asked for. */
    private Optional<Long> openChallenge() {
        return challengedNanos.filter(since -> listening && lastHeardNanos - since <= 0);
    }

    private void beatIfDue(long now) {
        long sendNanos = terms.sendNanos();
        if (sendNanos > 0 && now - outbox.lastSentNanos() >= sendNanos) {
            outbox.offerHeartBeat();
        }
    }

    private Optional<Silence> listen(long now) {
        long silence = listening ? now - lastSignNanos() : 0;
        // Ends only clients that were pinged: a hidden browser tab beats once a minute, and answers pings at any time.
        if (hasHadTimeToAnswer(now) && silence > longestSilence()) {
            return Optional.of(
                    new Silence("nothing came, not even an answer to a ping, for " + longestSilenceInWords(), false));
        }
        if (Math.min(silence, now - lastPingNanos) > pingAfter()) {
            if (!isPinged()) {
                askedNanos = now;
            }
            lastPingNanos = now;
            ping(now);
        }
        return Optional.empty();
    }

    /**
     * When the client last showed that it is there. One that reads slowly answers pings late, behind all that the two
     * machines have buffered for it (4 MiB), but it makes room for more.
     */
    private long lastSignNanos() {
        long known = Math.max(lastHeardNanos, outbox.lastReadOnNanos());
        boolean counts = terms.silenceNanos() == 0 || lastTakenPingNanos - lastHeardNanos < UNHEARD.toNanos();
        return counts ? Math.max(known, lastTakenPingNanos) : known;
    }

    /** Whether a ping was sent since the client's last sign. */
    private boolean isPinged() {
        return lastPingNanos - lastSignNanos() > 0;
    }

    private boolean hasHadTimeToAnswer(long now) {
        return isPinged() && now - askedNanos >= Math.min(ANSWER.toNanos(), longestSilence() / 2);
    }

    /** Silence after which the client is given up. */
    private long longestSilence() {
        long agreed = terms.silenceNanos();
        return agreed > 0 ? agreed : limits.pingTimeout().toNanos();
    }

    private String longestSilenceInWords() {
        return terms.silenceNanos() > 0
                ? "more than twice the agreed " + terms.expected().toMillis() + " ms"
                : limits.pingTimeout().toMillis() + " ms (" + Setting.PING_TIMEOUT.key() + ")";
    }

    /** Silence after which it is pinged: proxies cut idle lines, and the answer needs time. */
    private long pingAfter() {
        return Math.min(limits.pingInterval().toNanos(), longestSilence() / 2);
    }
}
