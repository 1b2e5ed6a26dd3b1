package io.stompline.inbox;

import io.stompline.frame.Body;
import io.stompline.frame.HeaderNames;
import io.stompline.frame.Headers;
import io.stompline.metrics.Meter;
import io.stompline.metrics.Metrics;
import io.stompline.routing.Audience;
import io.stompline.routing.BusException;
import io.stompline.routing.Message;
import io.stompline.routing.MessageBus;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Carries out what was collected for 50 ms: deletes what was acknowledged and the oldest of who has too much, then
 * tells the clients of these users. Thread-safe; does not block.
 */
final class Changes {
    private static final System.Logger LOG = System.getLogger(Changes.class.getName());
    private static final Duration COLLECTS_FOR = Duration.ofMillis(50);

    private final InboxTable table;
    private final int maxPerUser;
    private final Workers workers;
    private final MessageBus bus;
    private final Metrics metrics;
    private final InstantSource clock;
    private final PendingChanges pending = new PendingChanges();

    /** What was deleted and is not told yet, by address; like the next used by one run at a time. */
    private final Map<Address, List<Long>> untold = new LinkedHashMap<>();

    /** Where messages were added, and too many may be. */
    private final Set<Address> grown = new HashSet<>();

    Changes(InboxTable table, int maxPerUser, Workers workers, MessageBus bus, Metrics metrics, InstantSource clock) {
        this.table = table;
        this.maxPerUser = maxPerUser;
        this.workers = workers;
        this.bus = bus;
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

    /** A client asks how many messages there are at an address. */
    void ask(Box box, Address address) {
        if (pending.ask(box, address)) {
            plan();
        }
    }

    /** A client asks no more. */
    void forget(Box box) {
        pending.forget(box);
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
        tellAll();
        answerAll();
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
        deleted.forEach(row -> news(row.address()).add(row.id()));
        Set<Address> added = pending.takeAdditions();
        grown.addAll(added);
        added.forEach(this::news);
        for (Address user : List.copyOf(grown)) {
            metrics.counter(Meter.INBOX_DISPLACED).add(table.displace(user, maxPerUser, clock.millis()));
            grown.remove(user);
        }
    }

    private List<Long> news(Address address) {
        return untold.computeIfAbsent(address, first -> new ArrayList<>());
    }

    private void tellAll() throws SQLException {
        Map<Address, Set<Box>> questions = pending.questions();
        for (Address address : List.copyOf(untold.keySet())) {
            int unread = table.count(address, clock.millis());
            tell(address, untold.remove(address), unread);
            pending.answered(questions.getOrDefault(address, Set.of()));
        }
    }

    private void answerAll() throws SQLException {
        for (Map.Entry<Address, Set<Box>> question : pending.questions().entrySet()) {
            tell(question.getKey(), List.of(), table.count(question.getKey(), clock.millis()));
            pending.answered(question.getValue());
        }
    }

    /** Who misses it is told the number with the next. */
    private void tell(Address address, List<Long> deleted, int unread) {
        List<String> bodies = deleted.isEmpty()
                ? List.of("")
                : deleted.stream().map(String::valueOf).toList();
        try {
            for (String body : bodies) {
                if (bus.isAvailable()) {
                    bus.publish(seen(address, body, unread));
                }
            }
        } catch (BusException e) {
            LOG.log(System.Logger.Level.DEBUG, "clients are not told what was acknowledged", e);
        }
    }

    private static Message seen(Address address, String body, int unread) {
        Headers headers = Headers.of(
                HeaderNames.CONTENT_TYPE, "text/plain;charset=UTF-8", HeaderNames.UNREAD, Integer.toString(unread));
        return Message.to(Audience.CARRIER, Audience.ofUser(address.user(), address.seen()), headers, Body.utf8(body));
    }
}
