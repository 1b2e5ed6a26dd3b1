package io.stompline.presence;

import java.time.Duration;
import java.util.function.Supplier;

/** When this node tells the others of its members, and with which note. Guarded by {@link Presence}. */
final class OwnNotes {
    /** So many changes go in one note. */
    static final Duration TELLS_AFTER = Duration.ofMillis(100);

    /** Without news the others are told the version, so that they notice what they missed. */
    static final Duration TELLS_EVERY = Duration.ofSeconds(5);

    /** Then the others have seen what an event is about, and hear that it was fired. */
    static final Duration CONFIRMS_AFTER = Duration.ofMillis(300);

    private final OwnMembers own;
    private final OtherNodes nodes;
    private final Supplier<String> text;
    private boolean saysSoon;
    private long saidNanos;

    /** Whether the others may still believe that an event was not fired. */
    private boolean owesConfirmation;

    /**
     * None was told yet.
     *
     * @param text gives the next note, on a thread of its own: it takes the guard and calls {@link #next}
     */
    OwnNotes(OwnMembers own, OtherNodes nodes, Supplier<String> text, long nowNanos) {
        this.own = own;
        this.nodes = nodes;
        this.text = text;
        this.saidNanos = nowNanos;
    }

    /** Tells soon what is new, if something is. */
    void tellNews() {
        if (own.hasNews() && !saysSoon) {
            saysSoon = true;
            nodes.say(TELLS_AFTER, text);
        }
    }

    /**
     * The next note; the last of several has nothing left to say.
     *
     * @param ready whether this node may be the one that fires events
     */
    MemberNote next(boolean ready, long now) {
        saysSoon = false;
        saidNanos = now;
        MemberNote note = own.note(ready);
        if (own.hasNews()) {
            saysSoon = true;
            nodes.say(Duration.ZERO, text);
        }
        return note;
    }

    /**
     * Tells the version now and then, and after events.
     *
     * @param fires whether this node fires events now
     */
    void tellVersionIfDue(long now, boolean fires) {
        Duration pause = owesConfirmation ? CONFIRMS_AFTER : TELLS_EVERY;
        if (fires || now - saidNanos >= pause.toNanos()) {
            owesConfirmation = fires;
            saidNanos = now;
            nodes.say(TELLS_AFTER, text);
        }
    }

    /** Has the version told at the next opportunity. */
    void oweVersion(long now) {
        saidNanos = now - TELLS_EVERY.toNanos();
    }
}
