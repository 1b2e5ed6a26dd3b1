package io.stompline.inbox;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Collects what is to be done in the table, so that many changes need one connection. Thread-safe; does not block.
 *
 * <p>Bounded by what clients have and have not acknowledged: while the database is away nobody gets more.
 */
final class PendingChanges {
    /** Acknowledged and still in the table: nobody is shown these. */
    private final Map<Address, Set<Long>> deletions = new LinkedHashMap<>();

    private final Set<Address> additions = new LinkedHashSet<>();

    private boolean planned;

    /** A row is to be deleted. Returns whether the caller has to plan a run, which nobody has done yet. */
    synchronized boolean delete(long id, Address address) {
        deletions.computeIfAbsent(address, first -> new HashSet<>()).add(id);
        return plan();
    }

    /** Messages were added. Returns as {@link #delete}. */
    synchronized boolean added(Address address) {
        additions.add(address);
        return plan();
    }

    private boolean plan() {
        boolean isFirst = !planned;
        planned = true;
        return isFirst;
    }

    /** The ids of an address that nobody is to be shown. */
    synchronized Set<Long> deletedAt(Address address) {
        return Set.copyOf(deletions.getOrDefault(address, Set.of()));
    }

    /** The rows to delete now; they stay until they are {@link #deleted}. */
    synchronized List<InboxTable.Row> deletions() {
        List<InboxTable.Row> rows = new ArrayList<>();
        deletions.forEach((address, ids) -> ids.forEach(id -> rows.add(new InboxTable.Row(id, address))));
        return rows;
    }

    /** Takes out where messages were added. */
    synchronized Set<Address> takeAdditions() {
        Set<Address> taken = Set.copyOf(additions);
        additions.clear();
        return taken;
    }

    /** These rows are not in the table any more. */
    synchronized void deleted(List<InboxTable.Row> rows) {
        for (InboxTable.Row row : rows) {
            deletions.computeIfPresent(row.address(), (same, ids) -> {
                ids.remove(row.id());
                return ids.isEmpty() ? null : ids;
            });
        }
    }

    /** A run has ended. Returns whether something came meanwhile, and the caller has to plan another. */
    synchronized boolean endRun() {
        planned = !deletions.isEmpty() || !additions.isEmpty();
        return planned;
    }
}
