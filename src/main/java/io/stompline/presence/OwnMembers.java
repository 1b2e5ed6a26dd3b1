package io.stompline.presence;

import io.stompline.routing.Destination;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * The members of this node's own sessions, and what of them the other nodes have to be told. Bounded; guarded by {@link
 * Presence}.
 */
final class OwnMembers {
    /** Users in topics. */
    static final int MAX = 100_000;

    static final int MAX_OF_TOPIC = 20_000;

    /** Topics of one user: the rest is left for others. */
    static final int MAX_OF_USER = 10_000;

    /** Characters of all infos. */
    static final int MAX_INFO_CHARS = 16 * 1024 * 1024;

    /** Characters of all infos of one user. */
    static final int MAX_INFO_CHARS_OF_USER = 1024 * 1024;

    /** Changes of one note. */
    static final int MAX_CHANGES = 1_000;

    /** Characters of the infos of one note, about. */
    private static final int MAX_NOTE_CHARS = 64 * 1024;

    private record Key(Destination topic, String user) {}

    /**
     * A session in a topic.
     *
     * @param info what it told last, which ends with it
     * @param infoAt when it told that; 0 if it told nothing
     */
    private record Seat(int subscriptions, Optional<String> info, long infoAt) {
        static final Seat NONE = new Seat(0, Optional.empty(), 0);

        Seat with(int more) {
            return new Seat(subscriptions + more, info, infoAt);
        }

        int chars() {
            return info.orElse("").length();
        }
    }

    /** A user in a topic. */
    private static final class Own {
        private final Map<String, Seat> sessions = new HashMap<>(2);
        private final long since;

        Own(long since) {
            this.since = since;
        }

        Seat newest() {
            return sessions.values().stream()
                    .max(Comparator.comparingLong(Seat::infoAt))
                    .orElse(Seat.NONE);
        }

        Entry entry() {
            Seat newest = newest();
            return new Entry(sessions.size(), since, newest.info(), newest.infoAt());
        }
    }

    /** What a user takes in all topics. */
    private static final class Share {
        private int topics;
        private int infoChars;
    }

    private final BiConsumer<Destination, String> touched;
    private final Map<String, Share> shares = new HashMap<>();
    private final Map<Destination, Map<String, Own>> topics = new HashMap<>();
    private final Set<Key> untold = new LinkedHashSet<>();
    private int size;
    private int infoChars;
    private long version;
    private boolean tellsAll;
    private boolean endsAll;

    /** @param touched called with each member that changed */
    OwnMembers(BiConsumer<Destination, String> touched) {
        this.touched = touched;
    }

    /** What came of an info. */
    enum Told {
        DONE,
        /** The session is not in the topic. */
        NOT_THERE,
        /** The infos of this node, or of this user, take too much memory. */
        FULL
    }

    /**
     * A session has one more subscription to the topic.
     *
     * @param since when the user came, if the user is new here
     * @return false if there are too many members, or the user is in too many topics: the user is left out
     */
    boolean enter(Destination topic, String user, String session, long since) {
        Map<String, Own> members = topics.computeIfAbsent(topic, first -> new HashMap<>());
        Own own = members.get(user);
        if (own == null) {
            Share share = shares.computeIfAbsent(user, first -> new Share());
            if (size >= MAX || members.size() >= MAX_OF_TOPIC || share.topics >= MAX_OF_USER) {
                forgetIfNowhere(user, share);
                forgetIfEmpty(topic, members);
                return false;
            }
            own = new Own(since);
            members.put(user, own);
            share.topics++;
            size++;
        }
        Seat seat = own.sessions.getOrDefault(session, Seat.NONE);
        own.sessions.put(session, seat.with(1));
        if (seat.subscriptions() == 0) {
            changed(topic, user);
        }
        return true;
    }

    /** A session has one subscription less. */
    void leave(Destination topic, String user, String session) {
        Map<String, Own> members = topics.getOrDefault(topic, Map.of());
        Own own = members.get(user);
        Seat seat = own == null ? Seat.NONE : own.sessions.getOrDefault(session, Seat.NONE);
        if (seat.subscriptions() > 1) {
            own.sessions.put(session, seat.with(-1));
        }
        if (seat.subscriptions() != 1) {
            return;
        }
        Share share = shares.get(user);
        own.sessions.remove(session);
        count(share, -seat.chars());
        if (own.sessions.isEmpty()) {
            members.remove(user);
            share.topics--;
            size--;
            forgetIfNowhere(user, share);
            forgetIfEmpty(topic, members);
        }
        changed(topic, user);
    }

    private void forgetIfEmpty(Destination topic, Map<String, Own> members) {
        if (members.isEmpty()) {
            topics.remove(topic);
        }
    }

    private void forgetIfNowhere(String user, Share share) {
        if (share.topics == 0) {
            shares.remove(user);
        }
    }

    private void count(Share share, int moreInfoChars) {
        share.infoChars += moreInfoChars;
        infoChars += moreInfoChars;
    }

    /** A session tells something of its user. */
    Told tell(Destination topic, String user, String session, Optional<String> info, long at) {
        Own own = topics.getOrDefault(topic, Map.of()).get(user);
        if (own == null || !own.sessions.containsKey(session)) {
            return Told.NOT_THERE;
        }
        Seat seat = own.sessions.get(session);
        Share share = shares.get(user);
        int more = info.orElse("").length() - seat.chars();
        if (more > 0 && (infoChars + more > MAX_INFO_CHARS || share.infoChars + more > MAX_INFO_CHARS_OF_USER)) {
            return Told.FULL;
        }
        count(share, more);
        // After those of the same millisecond.
        long now = Math.max(at, own.newest().infoAt() + 1);
        own.sessions.put(session, new Seat(seat.subscriptions(), info, now));
        changed(topic, user);
        return Told.DONE;
    }

    Entry of(Destination topic, String user) {
        Own own = topics.getOrDefault(topic, Map.of()).get(user);
        return own == null ? Entry.NONE : own.entry();
    }

    private void changed(Destination topic, String user) {
        untold.add(new Key(topic, user));
        touched.accept(topic, user);
    }

    /** Another node misses something: the next notes have all members. */
    void tellAll() {
        tellsAll = true;
        endsAll = true;
        untold.clear();
        topics.forEach((topic, members) -> members.keySet().forEach(user -> untold.add(new Key(topic, user))));
    }

    /** Whether there is something for {@link #note}. */
    boolean hasNews() {
        return tellsAll || endsAll || !untold.isEmpty();
    }

    /** What the other nodes have to be told, or a part of it; without news the version that they should have. */
    MemberNote note(boolean ready) {
        long from = version;
        if (hasNews()) {
            version++;
        }
        List<MemberNote.Change> changes = new ArrayList<>();
        int chars = 0;
        Iterator<Key> next = untold.iterator();
        while (next.hasNext() && changes.size() < MAX_CHANGES && chars < MAX_NOTE_CHARS) {
            Key key = next.next();
            Entry entry = of(key.topic(), key.user());
            changes.add(new MemberNote.Change(key.topic(), key.user(), entry));
            chars += entry.info().orElse("").length();
            next.remove();
        }
        boolean begins = tellsAll;
        boolean ends = endsAll && untold.isEmpty();
        tellsAll = false;
        endsAll &= !ends;
        return new MemberNote(from, version, begins, ends, ready, changes);
    }
}
