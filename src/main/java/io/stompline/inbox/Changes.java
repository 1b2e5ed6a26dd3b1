package io.stompline.inbox;

import io.stompline.metrics.Meter;
import io.stompline.metrics.Metrics;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Carries out what was collected for 50 ms: deletes what was acknowledged and the oldest of who has too much, then has
 * the clients of these users told. Thread-safe; does not block.
 */
final class Changes {
    static final Duration COLLECTS_FOR = Duration.ofMillis(50);

    private final InboxTable table;
    private final int maxPerUser;
    private final Workers workers;
    private final Metrics metrics;
    private final InstantSource clock;
    private final News news;
    private final PendingChanges pending = new PendingChanges();

    /** Where messages were added, and too many may be. Used by one run at a time. */
    private final Set<Address> grown = new LinkedHashSet<>();

    Changes(InboxTable table, int maxPerUser, Workers workers, News news, Metrics metrics, InstantSource clock) {
        this.table = table;
        this.maxPerUser = maxPerUser;
        this.workers = workers;
        this.news = news;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** A message is acknowledged. */
    void delete(long id, Address address) {
        if (pending.delete(id, address)) {
            plan();
        }
    }

    /** A message was added. */
    void added(Address address) {
        if (pending.added(address)) {
            plan();
        }
    }

    private void plan() {
        workers.run(COLLECTS_FOR, this::carryOut);
    }

    /** The ids of an address that are acknowledged and may be in the table. */
    Set<Long> deletedAt(Address address) {
        return pending.deletedAt(address);
    }

    /** What failed is in the fields, for the next try. */
    private synchronized void carryOut() throws SQLException {
        changeTable();
        if (pending.endRun()) {
            plan();
        }
    }

    /** Deletes what is acknowledged by now: the last that is done. */
    synchronized void changeTable() throws SQLException {
        List<InboxTable.Row> acknowledged = pending.deletions();
        List<InboxTable.Row> deleted = acknowledged.isEmpty() ? List.of() : table.delete(acknowledged);
        pending.deleted(acknowledged);
        metrics.counter(Meter.INBOX_ACKNOWLEDGED).add(deleted.size());
        deleted.forEach(row -> news.deleted(row.address(), row.id()));
        grown.addAll(pending.takeAdditions());
        for (Address user : List.copyOf(grown)) {
            metrics.counter(Meter.INBOX_DISPLACED).add(table.displace(user, maxPerUser, clock.millis()));
            grown.remove(user);
            news.added(user);
        }
    }
}
