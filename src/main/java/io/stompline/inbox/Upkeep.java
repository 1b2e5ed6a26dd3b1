package io.stompline.inbox;

import io.stompline.metrics.Meter;
import io.stompline.metrics.Metrics;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What is done now and then: looks once a minute for messages of connected users that no node told of, since theirs
 * died after the commit, and deletes once an hour what has expired. Thread-safe.
 */
final class Upkeep {
    private static final Duration LOOKS_EVERY = Duration.ofMinutes(1);
    private static final Duration DELETES_EVERY = Duration.ofHours(1);

    /** An id is given at the INSERT, and the row is seen after the COMMIT: so many later ones may be there before. */
    private static final long OVERLAP = 10_000;

    private final InboxTable table;
    private final Metrics metrics;
    private final InstantSource clock;
    private final Map<Address, List<Reader>> readers = new ConcurrentHashMap<>();

    /** The largest id that was looked at and may be there; negative before the first. Used by one look at a time. */
    private volatile long newest = -1;

    private record Reader(Box box, Box.Listener listener) {}

    Upkeep(InboxTable table, Metrics metrics, InstantSource clock) {
        this.table = table;
        this.metrics = metrics;
        this.clock = clock;
    }

    void start(Workers workers) {
        workers.every(Duration.ZERO, LOOKS_EVERY, this::look);
        workers.every(DELETES_EVERY, DELETES_EVERY, this::deleteExpired);
    }

    void enter(Box box, Box.Listener listener) {
        readers.compute(box.address(), (same, known) -> {
            List<Reader> all = known == null ? new CopyOnWriteArrayList<>() : known;
            all.add(new Reader(box, listener));
            return all;
        });
    }

    void leave(Box box) {
        readers.computeIfPresent(box.address(), (same, known) -> {
            known.removeIf(reader -> reader.box() == box);
            return known.isEmpty() ? null : known;
        });
    }

    /** What came before the first look, subscriptions have read at their beginning. */
    private void look() throws SQLException {
        long now = table.newest();
        // Lower if the last ones were acknowledged, which does no harm, or if the table was made anew.
        if (newest < 0 || now < newest) {
            newest = now;
        }
        List<InboxTable.Row> rows = table.after(newest - OVERLAP, clock.millis());
        for (InboxTable.Row row : rows) {
            readers.getOrDefault(row.address(), List.of())
                    .forEach(reader -> reader.listener().found(row.id()));
            newest = Math.max(newest, row.id());
        }
    }

    private void deleteExpired() throws SQLException {
        metrics.counter(Meter.INBOX_EXPIRED).add(table.deleteExpired(clock.millis()));
    }
}
