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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    /** How long a user may be away. */
    static final Duration GRACE = Duration.ofSeconds(5);

    /** So many changes go in one note. */
    static final Duration TELLS_AFTER = Duration.ofMillis(100);

    /** Without news the others are told the version, so that they notice what they missed. */
    static final Duration TELLS_EVERY = Duration.ofSeconds(5);

    /** Then the others have seen what an event is about, and hear that it was fired. */
    static final Duration CONFIRMS_AFTER = Duration.ofMillis(300);

    private static final Duration ASKS_AGAIN = Duration.ofSeconds(2);
    private static final int LONGEST_PAUSE = 30;
    private static final Duration LOGS_EVERY = Duration.ofMinutes(1);
    private static final System.Logger LOG = System.getLogger(Presence.class.getName());

    private final OnceLog failures;
    private final PresenceRules rules;
    private final int maxStateBytes;
    private final LongSupplier nanoClock;
    private final InstantSource wallClock;
    private final Metrics metrics;
    private final OwnMembers own = new OwnMembers(this::touch);
    private final EventDuty duty = new EventDuty();
    private final Trust trust;

    /** By node. */
    private final Map<String, Other> parts = new HashMap<>();

    private final Map<Destination, Room> rooms = new HashMap<>();

    /** Topics in which {@link #tick} may have to do something. */
    private final Set<Destination> active = new LinkedHashSet<>();

    /** Who may come back, in the order of their time, which is the same for all. */
    private final Map<Leave, Long> leaves = new LinkedHashMap<>();

    private final List<Delivery> outgoing = new ArrayList<>();
    private Others others = Others.NONE;
    private Consumer<MemberEvent> listener = event -> {};
    private BooleanSupplier listens = () -> true;
    private boolean saysSoon;
    private long saidNanos;

    /** Whether the others may still believe that an event was not fired. */
    private boolean owesConfirmation;

    private record Leave(Destination topic, String user) {}

    private record Delivery(List<Receiver<Broadcast>> watchers, Broadcast message) {}

    /** Another node. */
    private static final class Other {
        private final OtherMembers members;
        private int asked;
        private long askedNanos;

        Other(OtherMembers members) {
            this.members = members;
        }
    }

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
        this.maxStateBytes = maxStateBytes;
        this.failures = new OnceLog(LOG, LOGS_EVERY, nanoClock);
        this.nanoClock = nanoClock;
        this.wallClock = wallClock;
        this.metrics = metrics;
        this.trust = new Trust(nanoClock.getAsLong());
        this.saidNanos = nanoClock.getAsLong();
        metrics.gauge(Meter.PRESENCE_MEMBERS, this::count);
    }

    /** Tells the other nodes who is here, and hears who is there. */
    public void connect(NodeChannel channel) {
        connect(new Others.OnChannel(channel));
        channel.hear(Others.OnChannel.MEMBERS, note -> hear(note.node(), note.text()));
        channel.hear(Others.OnChannel.ASK, note -> asked(note.text()));
        channel.hear(NodeChannel.GONE, note -> gone(note.node()));
    }

    synchronized void connect(Others nodes) {
        others = nodes;
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
        long since = Optional.ofNullable(rooms.get(topic))
                .flatMap(room -> room.sinceOf(user))
                .orElse(now);
        boolean taken = own.enter(topic, user, session, since)
                && (info.isEmpty() || own.tell(topic, user, session, info, now) == OwnMembers.Told.DONE);
        if (!taken) {
            noteLeftOut(topic);
        }
        tellSoon();
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
        tellSoon();
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
        tellSoon();
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
        room(topic).watchers().add(watcher);
        return () -> unwatch(topic, watcher);
    }

    private synchronized void unwatch(Destination topic, Receiver<Broadcast> watcher) {
        Optional.ofNullable(rooms.get(topic)).ifPresent(room -> room.watchers().remove(watcher));
        active.add(topic);
    }

    /** Who is in a topic now, for somebody who watches it. */
    public synchronized State state(Destination topic) {
        Room room = room(topic);
        see(room, nanoClock.getAsLong());
        return new State(room.state(), room.version());
    }

    /** Who is in a topic now. */
    public synchronized List<Member> members(Destination topic) {
        Room room = room(topic);
        see(room, nanoClock.getAsLong());
        return room.members();
    }

    private synchronized long count() {
        return rooms.values().stream().mapToLong(Room::size).sum();
    }

    private Room room(Destination topic) {
        active.add(topic);
        return rooms.computeIfAbsent(topic, first -> new Room(first, maxStateBytes));
    }

    private void touch(Destination topic, String user) {
        if (covers(topic)) {
            room(topic).touch(user);
        }
    }

    private void tellSoon() {
        if (own.hasNews() && !saysSoon) {
            saysSoon = true;
            others.say(TELLS_AFTER, this::note);
        }
    }

    /** For the other nodes; the last of several has nothing left to say. */
    synchronized String note() {
        saysSoon = false;
        saidNanos = nanoClock.getAsLong();
        MemberNote note = own.note(duty.isReady());
        if (own.hasNews()) {
            saysSoon = true;
            others.say(Duration.ZERO, this::note);
        }
        return note.text();
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
        Other other = part(node);
        other.members.take(note.get());
        if (other.members.isComplete()) {
            other.asked = 0;
        }
        duty.heard(node, others.self(), readyOthers());
        ask(node, other, nanoClock.getAsLong());
    }

    /** A node misses something of the one of that name. */
    synchronized void asked(String node) {
        if (node.equals(others.self())) {
            own.tellAll();
            tellSoon();
        }
    }

    /** Another node has left. */
    synchronized void gone(String node) {
        Optional.ofNullable(parts.remove(node)).ifPresent(other -> other.members.forgetAll());
    }

    private Other part(String node) {
        return parts.computeIfAbsent(node, first -> new Other(new OtherMembers(this::touch)));
    }

    private List<String> readyOthers() {
        return parts.entrySet().stream()
                .filter(other -> other.getValue().members.isReady())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Asks for what it does not know, less and less often if there is no answer. */
    private void ask(String node, Other other, long now) {
        long pause = ASKS_AGAIN.toNanos() * Math.min(other.asked, LONGEST_PAUSE);
        if (!other.members.isComplete() && (other.asked == 0 || now - other.askedNanos >= pause)) {
            other.asked++;
            other.askedNanos = now;
            metrics.counter(Meter.PRESENCE_ASKED).increment();
            others.ask(node);
        }
    }

    /** Does what is due. Called again and again, by one thread at a time. */
    public void tick() {
        List<Delivery> deliveries;
        List<MemberEvent> events;
        synchronized (this) {
            if (others.isLeaving()) {
                return;
            }
            long now = nanoClock.getAsLong();
            trust.tick(now, others.isConnected());
            look(now);
            seeAll(now);
            events = listens.getAsBoolean() ? duty.due(others.self(), readyOthers()) : List.of();
            sayIfDue(now, !events.isEmpty());
            deliveries = List.copyOf(outgoing);
            outgoing.clear();
        }
        deliveries.forEach(Presence::deliver);
        events.forEach(listener);
    }

    private void sayIfDue(long now, boolean fires) {
        Duration pause = owesConfirmation ? CONFIRMS_AFTER : TELLS_EVERY;
        if (fires || now - saidNanos >= pause.toNanos()) {
            owesConfirmation = fires;
            saidNanos = now;
            others.say(TELLS_AFTER, this::note);
        }
    }

    /** At the other nodes. */
    private void look(long now) {
        Set<String> heard = others.heard();
        heard.forEach(node -> ask(node, part(node), now));
        if (!trust.doubts()) {
            List<String> silent = parts.keySet().stream()
                    .filter(node -> !heard.contains(node))
                    .toList();
            silent.forEach(this::gone);
        }
        boolean complete = parts.values().stream().allMatch(other -> other.members.isComplete());
        if (!duty.isReady() && trust.knowsOthers(complete)) {
            duty.becomeReady(readyOthers());
            saidNanos = now - TELLS_EVERY.toNanos();
        }
    }

    private void seeAll(long now) {
        List.copyOf(active).stream().map(this::room).forEach(room -> see(room, now));
        boolean mayLeave = parts.isEmpty() || !trust.doubts();
        Iterator<Map.Entry<Leave, Long>> waiting = leaves.entrySet().iterator();
        while (mayLeave && waiting.hasNext()) {
            Map.Entry<Leave, Long> next = waiting.next();
            if (now - next.getValue() < 0) {
                break;
            }
            Leave due = next.getKey();
            room(due.topic())
                    .leave(due.user(), next.getValue())
                    .ifPresent(member -> duty.saw(new MemberEvent(due.topic(), member, false)));
            waiting.remove();
        }
        Iterator<Destination> topics = active.iterator();
        while (topics.hasNext()) {
            Room room = rooms.get(topics.next());
            tellWatchers(room, now);
            if (!room.hasNews()) {
                topics.remove();
            }
            if (room.isUnused()) {
                rooms.remove(room.topic());
            }
        }
    }

    /** Looks who has come to a topic, or begins to leave it. */
    private void see(Room room, long now) {
        for (String user : room.takeTouched()) {
            long leavesNanos = now + GRACE.toNanos();
            switch (room.update(user, everywhere(room.topic(), user), leavesNanos)) {
                case JOINS ->
                    room.member(user).ifPresent(member -> duty.saw(new MemberEvent(room.topic(), member, true)));
                case LEAVES -> {
                    Leave leave = new Leave(room.topic(), user);
                    // Behind the others, also if one before it is still there.
                    leaves.remove(leave);
                    leaves.put(leave, leavesNanos);
                }
                case NONE -> {
                    // Neither.
                }
            }
        }
        tellWatchers(room, now);
    }

    private Entry everywhere(Destination topic, String user) {
        Entry all = own.of(topic, user);
        for (Other other : parts.values()) {
            all = all.and(other.members.of(topic, user));
        }
        return all;
    }

    private void tellWatchers(Room room, long now) {
        room.news(now).ifPresent(message -> outgoing.add(new Delivery(room.watchers(), message)));
    }

    private static void deliver(Delivery delivery) {
        for (Receiver<Broadcast> watcher : delivery.watchers()) {
            try {
                watcher.accept(delivery.message());
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.ERROR, "a watcher was not told who is there", e);
            }
        }
    }
}
