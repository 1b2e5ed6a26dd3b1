package io.stompline.presence;

import io.stompline.bounds.OnceLog;
import io.stompline.cluster.NodeChannel;
import io.stompline.metrics.Meter;
import io.stompline.metrics.Metrics;
import io.stompline.routing.Destination;
import io.stompline.routing.Message;
import io.stompline.routing.Receiver;
import io.stompline.routing.hub.Broadcast;
import io.stompline.routing.hub.Router;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Who is in which topic, on all nodes, for watchers and for the application. Thread-safe; does not block.
 *
 * <p>Whoever loses the connection has 5 s to come back, to whatever node, before anybody is told. {@link #tick} does
 * all that takes time: it tells watchers, listener and other nodes.
 */
public final class Presence {
    private static final Duration LOGS_EVERY = Duration.ofMinutes(1);
    private static final System.Logger LOG = System.getLogger(Presence.class.getName());

    private final OnceLog failures;
    private final PresenceRules rules;
    private final LongSupplier nanoClock;
    private final InstantSource wallClock;
    private final Metrics metrics;
    private final OwnMembers own = new OwnMembers(this::touch);
    private final OtherNodes nodes;
    private final OwnNotes notes;
    private final EventDuty duty = new EventDuty();
    private final Rooms rooms;
    private Consumer<MemberEvent> listener = event -> {};
    private BooleanSupplier listens = () -> true;

    /**
     * What a new watcher is shown.
     *
     * @param version of it: messages up to that version have nothing new for the watcher
     */
    public record State(Message message, long version) {}

    /**
     * Nobody is anywhere.
     *
     * @param maxStateBytes octets of a list of members that any watcher has room for
     * @param nanoClock a clock that never jumps, in nanoseconds
     * @param wallClock the time of day
     */
    public Presence(
            PresenceRules rules, int maxStateBytes, LongSupplier nanoClock, InstantSource wallClock, Metrics metrics) {
        this.rules = rules;
        this.failures = new OnceLog(LOG, LOGS_EVERY, nanoClock);
        this.nanoClock = nanoClock;
        this.wallClock = wallClock;
        this.metrics = metrics;
        long now = nanoClock.getAsLong();
        this.nodes = new OtherNodes(this::touch, metrics, now);
        this.notes = new OwnNotes(own, nodes, this::note, now);
        this.rooms = new Rooms(maxStateBytes, (topic, user) -> nodes.add(own.of(topic, user), topic, user), duty);
        metrics.gauge(Meter.PRESENCE_MEMBERS, this::count);
    }

    /** Tells the other nodes who is here, and hears who is there. */
    public void connect(NodeChannel channel) {
        connect(new Others.OnChannel(channel));
        channel.hear(Others.OnChannel.MEMBERS, note -> hear(note.node(), note.text()));
        channel.hear(Others.OnChannel.ASK, note -> asked(note.text()));
        channel.hear(NodeChannel.GONE, note -> gone(note.node()));
    }

    synchronized void connect(Others others) {
        nodes.connect(others);
    }

    /**
     * Tells who comes and goes.
     *
     * @param events called by {@link #tick}, for each event on one of the nodes
     * @param ready whether it is done with those before; the next ones wait, the latest 10,000 of them
     */
    public synchronized void listen(Consumer<MemberEvent> events, BooleanSupplier ready) {
        listener = events;
        listens = ready;
    }

    /** Whether no topic has members. */
    public boolean isOff() {
        return rules.isEmpty();
    }

    /** Whether it is known who is in a topic. */
    public boolean covers(Destination topic) {
        return rules.cover(topic);
    }

    /**
     * A session has subscribed to a topic; nothing happens if it is not known who is there.
     *
     * @param info what it tells of its user, see {@link InfoJson#fault}
     */
    public void enter(Destination topic, String user, String session, Optional<String> info) {
        // Most topics are not, and nobody waits for those that are.
        if (covers(topic)) {
            enterCovered(topic, user, session, info);
        }
    }

    private synchronized void enterCovered(Destination topic, String user, String session, Optional<String> info) {
        long now = wallClock.millis();
        long since = rooms.sinceOf(topic, user).orElse(now);
        boolean taken = own.enter(topic, user, session, since)
                && (info.isEmpty() || own.tell(topic, user, session, info, now) == OwnMembers.Told.DONE);
        if (!taken) {
            noteLeftOut(topic);
        }
        notes.tellNews();
    }

    private void noteLeftOut(Destination topic) {
        metrics.counter(Meter.PRESENCE_LEFT_OUT).increment();
        failures.log(
                System.Logger.Level.WARNING,
                Meter.PRESENCE_LEFT_OUT,
                "there are too many members: of " + topic + ", and perhaps of other topics, not all users are shown, or"
                        + " not what they tell; said once a minute");
    }

    /** A subscription of {@link #enter} has ended. */
    public void leave(Destination topic, String user, String session) {
        if (covers(topic)) {
            leaveCovered(topic, user, session);
        }
    }

    private synchronized void leaveCovered(Destination topic, String user, String session) {
        own.leave(topic, user, session);
        notes.tellNews();
    }

    /**
     * A session that is in a topic tells something else of its user.
     *
     * @return whether it still is there and shown, and there is room
     */
    public synchronized boolean tell(Destination topic, String user, String session, Optional<String> info) {
        boolean told = own.tell(topic, user, session, info, wallClock.millis()) == OwnMembers.Told.DONE;
        if (!told) {
            noteLeftOut(topic);
        }
        notes.tellNews();
        return told;
    }

    /**
     * Adds a watcher, who gets every message from now on.
     *
     * @param topic one that is covered
     * @param watcher called by {@link #tick}; must not block
     * @return takes the watcher out again; idempotent
     */
    public synchronized Router.Registration watch(Destination topic, Receiver<Broadcast> watcher) {
        rooms.of(topic).watchers().add(watcher);
        return () -> unwatch(topic, watcher);
    }

    private synchronized void unwatch(Destination topic, Receiver<Broadcast> watcher) {
        rooms.unwatch(topic, watcher);
    }

    /** Who is in a topic now, for somebody who watches it. */
    public synchronized State state(Destination topic) {
        Room room = rooms.upToDate(topic, nanoClock.getAsLong());
        return new State(room.state(), room.version());
    }

    /** Who is in a topic now. */
    public synchronized List<Member> members(Destination topic) {
        return rooms.upToDate(topic, nanoClock.getAsLong()).members();
    }

    private synchronized long count() {
        return rooms.count();
    }

    private void touch(Destination topic, String user) {
        if (covers(topic)) {
            rooms.of(topic).touch(user);
        }
    }

    /** For the other nodes. */
    synchronized String note() {
        return notes.next(duty.isReady(), nanoClock.getAsLong()).text();
    }

    /** Another node says who is there. */
    synchronized void hear(String node, String text) {
        if (isOff()) {
            return;
        }
        Optional<MemberNote> note = MemberNote.read(text);
        if (note.isEmpty()) {
            failures.log(System.Logger.Level.WARNING, node, "another node says who is there as this one cannot read");
            return;
        }
        nodes.take(node, note.get(), nanoClock.getAsLong());
        duty.heard(node, nodes.self(), nodes.ready());
    }

    /** A node misses something of the one of that name. */
    synchronized void asked(String node) {
        if (node.equals(nodes.self())) {
            own.tellAll();
            notes.tellNews();
        }
    }

    /** Another node has left. */
    synchronized void gone(String node) {
        nodes.forget(node);
    }

    /** Does what is due. Called again and again, by one thread at a time. */
    public void tick() {
        List<Rooms.Delivery> deliveries;
        List<MemberEvent> events;
        synchronized (this) {
            if (nodes.isLeft()) {
                return;
            }
            long now = nanoClock.getAsLong();
            nodes.look(now);
            if (!duty.isReady() && nodes.areKnown()) {
                duty.becomeReady(nodes.ready());
                notes.oweVersion(now);
            }
            rooms.look(now, !nodes.mayBeMissed());
            events = listens.getAsBoolean() ? duty.due(nodes.self(), nodes.ready()) : List.of();
            notes.tellVersionIfDue(now, !events.isEmpty());
            deliveries = rooms.takeOutgoing();
        }
        deliveries.forEach(Rooms.Delivery::deliver);
        events.forEach(listener);
    }
}
