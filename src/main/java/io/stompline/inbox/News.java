package io.stompline.inbox;

import io.stompline.frame.Body;
import io.stompline.frame.HeaderNames;
import io.stompline.frame.Headers;
import io.stompline.routing.Audience;
import io.stompline.routing.BusException;
import io.stompline.routing.Message;
import io.stompline.routing.MessageBus;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Tells clients what was acknowledged and how many messages are left, one address after the other, on one thread at a
 * time: the table is changed meanwhile, however slow the message broker is. Thread-safe; does not block.
 */
final class News {
    private static final System.Logger LOG = System.getLogger(News.class.getName());

    private final InboxTable table;
    private final Workers workers;
    private final MessageBus bus;
    private final InstantSource clock;
    private final UntoldNews untold = new UntoldNews();

    News(InboxTable table, Workers workers, MessageBus bus, InstantSource clock) {
        this.table = table;
        this.workers = workers;
        this.bus = bus;
        this.clock = clock;
    }

    /** A message is deleted. */
    void deleted(Address address, long id) {
        plan(untold.deleted(address, id), Duration.ZERO);
    }

    /** A message was added. */
    void added(Address address) {
        plan(untold.added(address), Duration.ZERO);
    }

    /** A client asks how many messages there are at an address. */
    void ask(Box box, Address address) {
        plan(untold.ask(box, address), Changes.COLLECTS_FOR);
    }

    /** A client asks no more. */
    void forget(Box box) {
        untold.forget(box);
    }

    /** Tells nothing more: its thread is about to end. */
    void close() {
        untold.close();
    }

    private void plan(boolean isFirst, Duration delay) {
        if (isFirst) {
            workers.run(delay, this::tellAll);
        }
    }

    /** While the database is away, what is not told stays for the next try. */
    private void tellAll() throws SQLException {
        Optional<UntoldNews.Item> next = untold.next();
        while (next.isPresent()) {
            int unread = table.count(next.get().address(), clock.millis());
            if (untold.taken(next.get())) {
                tell(next.get().address(), next.get().deleted(), unread);
            }
            next = untold.next();
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
