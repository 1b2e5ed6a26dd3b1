package io.stompline.inbox;

import io.stompline.config.Setting;
import io.stompline.frame.Body;
import io.stompline.frame.HeaderNames;
import io.stompline.frame.Headers;
import io.stompline.metrics.Meter;
import io.stompline.metrics.Metrics;
import io.stompline.routing.BusException;
import io.stompline.routing.Destination;
import io.stompline.routing.Expiry;
import io.stompline.routing.MessageBus;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * The messages that are kept for users until one of their clients acknowledges them. Thread-safe; nothing blocks but
 * {@link #keep}, {@link #unread} and {@link #close}.
 */
public final class Inboxes implements AutoCloseable {
    /** Why nothing can be kept where there are none, with the name of the setting. */
    public static final String NOT_SET = "no message is kept for users here: the setting "
            + Setting.INBOX_DATA_SOURCE.key() + ", the JNDI name of the application's data source, is missing";

    private final InboxTable table;
    private final Limits limits;
    private final Metrics metrics;
    private final InstantSource clock;
    private final Workers workers;
    private final Readings readings;
    private final News news;
    private final Changes changes;
    private final Upkeep upkeep;

    /**
     * The bounds of inboxes.
     *
     * @param maxPerUser messages of one user
     * @param pageBytes what is read at a time for one subscription, in octets, about
     */
    public record Limits(int maxPerUser, int pageBytes) {}

    private interface Question<T> {
        T ask() throws SQLException;
    }

    /**
     * Inboxes in the table of that database, which need not be up.
     *
     * @param bus tells clients what was acknowledged
     * @param threads wait for the database; closed with it
     */
    public Inboxes(
            DataSource source, Limits limits, MessageBus bus, Schedule threads, Metrics metrics, InstantSource clock) {
        this.table = new InboxTable(source);
        this.limits = limits;
        this.metrics = metrics;
        this.clock = clock;
        this.workers = new Workers(threads, metrics);
        this.readings = new Readings(workers);
        this.news = new News(table, workers, bus, clock);
        this.changes = new Changes(table, limits.maxPerUser(), workers, news, metrics, clock);
        this.upkeep = new Upkeep(table, metrics, clock);
        upkeep.start(workers);
    }

    /**
     * Keeps a message, in the JTA transaction of the calling thread if there is one. Blocks.
     *
     * @param keptFor how long, unless its header {@code expires} names an earlier moment
     * @param inTransaction whether there is one
     * @return the headers of the message that tells clients after the commit: the same, and the id
     * @throws IllegalArgumentException if the table cannot have a name, or nothing can be kept there
     * @throws BusException BAD_HEADER if {@code expires} cannot be read
     * @throws InboxException if the database does not take it
     */
    public Headers keep(
            String user, Destination destination, Headers headers, Body body, Duration keptFor, boolean inTransaction) {
        Address address = checked(new Address(user, destination));
        long now = clock.millis();
        long expires = Math.min(now + keptFor.toMillis(), Expiry.millis(headers));
        long id = ask(() -> table.insert(address, headers, body, now, expires, inTransaction));
        metrics.counter(Meter.INBOX_KEPT).increment();
        return new Headers.Builder()
                .addAll(headers)
                .add(HeaderNames.INBOX_ID, Long.toString(id))
                .build();
    }

    private static Address checked(Address address) {
        if (!address.isStorable()) {
            throw new IllegalArgumentException("a kept message needs names of a user and a destination of at most "
                    + InboxTable.MAX_NAME_CHARS + " characters, none of them NUL");
        }
        if (address.toldAbout().isPresent()) {
            throw new IllegalArgumentException("nothing is kept at " + address.destination()
                    + ": where a name ends in .seen clients are told what was acknowledged");
        }
        return address;
    }

    /**
     * How many messages are kept for a user at a destination, in the JTA transaction of the calling thread if there is
     * one. Blocks.
     *
     * @param inTransaction whether there is one
     * @throws InboxException if the database does not answer
     */
    public int unread(String user, Destination destination, boolean inTransaction) {
        return ask(() -> table.count(new Address(user, destination), clock.millis(), inTransaction));
    }

    private <T> T ask(Question<T> question) {
        try {
            return question.ask();
        } catch (SQLException e) {
            metrics.counter(Meter.INBOX_FAILURES).increment();
            throw new InboxException(Workers.sentence(e), e);
        }
    }

    /** A message was kept, and its transaction is committed. */
    public void noteKept(String user, Destination destination) {
        changes.added(new Address(user, destination));
    }

    /** The box of a subscription, not yet begun; empty where nothing can be kept. */
    public Optional<Box> box(String user, Destination destination) {
        return Optional.of(new Address(user, destination))
                .filter(Address::isStorable)
                .map(address -> new Box(this, address));
    }

    void enter(Box box, Box.Listener listener) {
        upkeep.enter(box, listener);
    }

    void leave(Box box) {
        upkeep.leave(box);
        news.forget(box);
    }

    void tellUnread(Box box, Address address) {
        news.ask(box, address);
    }

    void delete(long id, Address address) {
        changes.delete(id, address);
    }

    /**
     * See {@link Box#read}.
     *
     * @return the page is shown, or nobody wants it any more; idempotent, and has to be run
     */
    Runnable read(Address address, Set<Long> shown, int max, Consumer<Page> then) {
        return readings.begin(() -> then.accept(page(address, shown, max)));
    }

    /** Consecutive ids at a time: their messages come with one query that brings no others. */
    private Page page(Address address, Set<Long> shown, int max) throws SQLException {
        // Before the query: what is deleted while it runs may be in its answer.
        Set<Long> deleted = changes.deletedAt(address);
        List<Long> run = new ArrayList<>();
        boolean ended = false;
        boolean more = false;
        for (long id : table.ids(address, clock.millis())) {
            boolean wanted = !shown.contains(id) && !deleted.contains(id);
            ended |= run.size() == max || (!wanted && !run.isEmpty());
            more |= wanted && ended;
            if (wanted && !ended) {
                run.add(id);
            }
        }
        if (run.isEmpty()) {
            return Page.EMPTY;
        }
        List<KeptMessage> messages = table.messages(address, run, limits.pageBytes());
        metrics.counter(Meter.INBOX_SHOWN).add(messages.size());
        return new Page(messages, more || messages.size() < run.size());
    }

    /** Deletes what is acknowledged, at most 5 s, then ends. What is kept stays in the table. */
    @Override
    public void close() {
        news.close();
        workers.close(changes::changeTable);
    }
}
