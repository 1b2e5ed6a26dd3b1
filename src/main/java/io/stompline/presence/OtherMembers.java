package io.stompline.presence;

import io.stompline.routing.Destination;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.BiConsumer;

/** The members of another node, as its notes tell them. Bounded; guarded by {@link Presence}. */
final class OtherMembers {
    /** @param round of {@link MemberNote#begins} in which it was told last */
    private record Known(Entry entry, long round) {}

    private final BiConsumer<Destination, String> touched;
    private final Map<Destination, Map<String, Known>> topics = new HashMap<>();
    private int size;
    private long version = -1;
    private long round;
    private boolean complete;
    private boolean ready;

    /** @param touched called with each member that may have changed */
    OtherMembers(BiConsumer<Destination, String> touched) {
        this.touched = touched;
    }

    /** Whether all its members are known, as far as its last note says. */
    boolean isComplete() {
        return complete;
    }

    /** Whether that node may be the one that fires events. */
    boolean isReady() {
        return ready;
    }

    /** Takes a note; if one before it is missing nothing changes until the node has told all its members. */
    void take(MemberNote note) {
        ready = note.ready();
        if (note.begins()) {
            round++;
        } else if (note.to() <= version) {
            return;
        } else if (note.from() != version) {
            complete = false;
            return;
        }
        version = note.to();
        note.changes().forEach(this::put);
        if (note.ends()) {
            forgetUntold();
            complete = true;
        }
    }

    private void put(MemberNote.Change change) {
        Map<String, Known> members = topics.computeIfAbsent(change.topic(), first -> new HashMap<>());
        boolean had = members.containsKey(change.user());
        if (change.entry().sessions() > 0) {
            if (had || size < OwnMembers.MAX) {
                members.put(change.user(), new Known(change.entry(), round));
            }
        } else {
            members.remove(change.user());
        }
        size += (members.containsKey(change.user()) ? 1 : 0) - (had ? 1 : 0);
        if (members.isEmpty()) {
            topics.remove(change.topic());
        }
        touched.accept(change.topic(), change.user());
    }

    private void forgetUntold() {
        Iterator<Map.Entry<Destination, Map<String, Known>>> all =
                topics.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<Destination, Map<String, Known>> topic = all.next();
            topic.getValue().entrySet().removeIf(member -> {
                boolean gone = member.getValue().round() != round;
                if (gone) {
                    size--;
                    touched.accept(topic.getKey(), member.getKey());
                }
                return gone;
            });
            if (topic.getValue().isEmpty()) {
                all.remove();
            }
        }
    }

    /** The node is gone. */
    void forgetAll() {
        round++;
        forgetUntold();
    }

    Entry of(Destination topic, String user) {
        Known known = topics.getOrDefault(topic, Map.of()).get(user);
        return known == null ? Entry.NONE : known.entry();
    }
}
