package io.stompline.history;

import io.stompline.history.lag.LagReports;
import io.stompline.history.rules.HistorySettings;
import io.stompline.routing.LocalTopics;
import io.stompline.routing.hub.Doubles;
import io.stompline.routing.hub.Position;
import java.time.InstantSource;
import java.util.List;

/**
 * Finds what is kept behind the position that a subscriber names, be it of this node or of another one. Guarded by its
 * {@link History}.
 */
final class PastFinder {
    private final Rings rings;
    private final LagReports lags;
    private final LocalTopics localTopics;
    private final long overlapMillis;
    private final InstantSource clock;

    /**
     * Of one node.
     *
     * @param rings what it keeps
     * @param lags how promptly the nodes hear messages
     */
    PastFinder(HistorySettings settings, Rings rings, LagReports lags, InstantSource clock) {
        this.rings = rings;
        this.lags = lags;
        this.localTopics = settings.localTopics();
        this.overlapMillis = settings.overlap().toMillis();
        this.clock = clock;
    }

    /**
     * What there is now.
     *
     * @param values whether last values are kept: behind a position that is not good here they are shown all
     * @param now the position behind all messages that have come so far
     */
    Past find(KeptDestination what, Rewind rewind, boolean values, Position now) {
        List<Ring<?>> read = rings.read(what, now.millis());
        Floor floor = rings.floor(what, read);
        if (rewind instanceof Rewind.After after && isKept(after.position(), floor, now)) {
            Doubles doubles = doubles(after.position().elsewhereMillis());
            return new Past(now, entries(read, after.position().number()), true, doubles);
        }
        if (rewind instanceof Rewind.After after && !values) {
            return behindOtherNode(what, after.position(), read, floor, now);
        }
        return new Past(now, rewind.readsPast() ? entries(read, 0) : List.of(), false, Doubles.NONE);
    }

    /** Whether everything behind a position is kept. */
    private static boolean isKept(Position position, Floor floor, Position now) {
        return position.node().equals(now.node())
                && position.number() >= floor.number()
                && position.number() <= now.number();
    }

    /** By the time of the position, for the numbers of another node mean nothing here. */
    private Past behindOtherNode(
            KeptDestination what, Position position, List<Ring<?>> read, Floor floor, Position now) {
        long from = position.millis() - overlapMillis;
        boolean kept = floor.millis() <= from && !localTopics.mayContain(what.destination()) && lags.vouchFor(position);
        List<Entry> entries = entries(read, 0).stream()
                .filter(entry -> kept && entry.latestMillis() > from)
                .toList();
        long elsewhere = Math.max(position.elsewhereMillis(), position.millis() + overlapMillis / 2);
        return new Past(now, entries, kept, doubles(elsewhere));
    }

    private static List<Entry> entries(List<Ring<?>> rings, long behind) {
        return rings.stream().flatMap(ring -> ring.behind(behind).stream()).toList();
    }

    /** What was published elsewhere up to that time comes here within the overlap. */
    private Doubles doubles(long elsewhereMillis) {
        // A position is the client's: no frame of the future is a double.
        long sentUpTo = Math.min(elsewhereMillis, clock.millis() + overlapMillis);
        return elsewhereMillis == 0 ? Doubles.NONE : new Doubles(sentUpTo, sentUpTo + overlapMillis);
    }
}
