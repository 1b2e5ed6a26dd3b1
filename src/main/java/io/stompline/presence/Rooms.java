package io.stompline.presence;

import io.stompline.routing.Destination;
import io.stompline.routing.Message;
import io.stompline.routing.Receiver;
import io.stompline.routing.hub.Broadcast;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * The topics that have members or watchers, as they are seen from tick to tick: who comes, who has left for good, and
 * what watchers are to be told. Guarded by {@link Presence}.
 */
final class Rooms {
    /** How long a user may be away. */
    static final Duration GRACE = Duration.ofSeconds(5);

    private static final System.Logger LOG = System.getLogger(Rooms.class.getName());

    private record Leave(Destination topic, String user) {}

    /** A message for those who watched when it was made. */
    record Delivery(List<Receiver<Broadcast>> watchers, Broadcast message) {
        /** Not guarded; calls the watchers. */
        void deliver() {
            for (Receiver<Broadcast> watcher : watchers) {
                try {
                    watcher.accept(message);
                } catch (RuntimeException e) {
                    LOG.log(System.Logger.Level.ERROR, "a watcher was not told who is there", e);
                }
            }
        }
    }

    private final int maxStateBytes;
    private final BiFunction<Destination, String, Entry> everywhere;
    private final EventDuty duty;
    private final Map<Destination, Room> rooms = new HashMap<>();

    /** Topics in which {@link #look} may have to do something. */
    private final Set<Destination> active = new LinkedHashSet<>();

    /** Who may come back, in the order of their time, which is the same for all. */
    private final Map<Leave, Long> leaves = new LinkedHashMap<>();

    private final List<Delivery> outgoing = new ArrayList<>();

    /** Of messages to watchers, who may come from another node: no id is used twice. */
    private final String idPrefix =
            Message.LOCAL_ID_PREFIX + Integer.toString(new SecureRandom().nextInt(Integer.MAX_VALUE), 36) + "-";

    private long lastId;

    /**
     * No room yet.
     *
     * @param maxStateBytes octets of a list of members that any watcher has room for
     * @param everywhere what all nodes know of a user in a topic
     * @param duty is told who came or left
     */
    Rooms(int maxStateBytes, BiFunction<Destination, String, Entry> everywhere, EventDuty duty) {
        this.maxStateBytes = maxStateBytes;
        this.everywhere = everywhere;
        this.duty = duty;
    }

    /** The room of a topic, made if there is none. */
    Room of(Destination topic) {
        active.add(topic);
        return rooms.computeIfAbsent(topic, first -> new Room(first, maxStateBytes, this::nextId));
    }

    private String nextId() {
        lastId++;
        return idPrefix + lastId;
    }

    /** As {@link #of}, with what is known of its members now. */
    Room upToDate(Destination topic, long now) {
        Room room = of(topic);
        see(room, now);
        return room;
    }

    /** Since when the user is shown as being in a topic. */
    Optional<Long> sinceOf(Destination topic, String user) {
        return Optional.ofNullable(rooms.get(topic)).flatMap(room -> room.sinceOf(user));
    }

    /** Takes a watcher out. */
    void unwatch(Destination topic, Receiver<Broadcast> watcher) {
        Optional.ofNullable(rooms.get(topic)).ifPresent(room -> room.watchers().remove(watcher));
        active.add(topic);
    }

    /** How many users are shown, in all topics. */
    long count() {
        return rooms.values().stream().mapToLong(Room::size).sum();
    }

    /**
     * Looks who has come and gone since the last time.
     *
     * @param mayLeave whether it is certain that who is not there is not on another node
     */
    void look(long now, boolean mayLeave) {
        List.copyOf(active).stream().map(this::of).forEach(room -> see(room, now));
        if (mayLeave) {
            endLeaves(now);
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

    /** Whoever has not come back in time has left. */
    private void endLeaves(long now) {
        Iterator<Map.Entry<Leave, Long>> waiting = leaves.entrySet().iterator();
        while (waiting.hasNext()) {
            Map.Entry<Leave, Long> next = waiting.next();
            if (now - next.getValue() < 0) {
                break;
            }
            Leave due = next.getKey();
            of(due.topic())
                    .leave(due.user(), next.getValue())
                    .ifPresent(member -> duty.saw(new MemberEvent(due.topic(), member, false)));
            waiting.remove();
        }
    }

    /** Looks who has come to a topic, or begins to leave it. */
    private void see(Room room, long now) {
        for (String user : room.takeTouched()) {
            long leavesNanos = now + GRACE.toNanos();
            switch (room.update(user, everywhere.apply(room.topic(), user), leavesNanos)) {
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

    private void tellWatchers(Room room, long now) {
        room.news(now).ifPresent(message -> outgoing.add(new Delivery(room.watchers(), message)));
    }

    /** The messages since the last call, to be delivered without the guard. */
    List<Delivery> takeOutgoing() {
        List<Delivery> taken = List.copyOf(outgoing);
        outgoing.clear();
        return taken;
    }
}
