package io.stompline.presence;

import io.stompline.frame.Body;
import io.stompline.frame.HeaderNames;
import io.stompline.frame.Headers;
import io.stompline.routing.Audience;
import io.stompline.routing.Destination;
import io.stompline.routing.Message;
import io.stompline.routing.Receiver;
import io.stompline.routing.hub.Broadcast;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * One topic as its watchers see it: who is shown as being there, and the messages that say what has changed. Guarded by
 * {@link Presence}.
 *
 * <p>Of a topic with more members than a page can show, watchers are told the number only, once a second.
 */
final class Room {
    /** Above it there are too many to be shown, until there are fewer than {@link #FEW}. */
    static final int MANY = 1_000;

    static final int FEW = 900;
    private static final Duration COUNTS_EVERY = Duration.ofSeconds(1);
    private static final double MUCH_ROOM = 0.9;

    private static final class Shown {
        private Member member;
        private String json;
        private int bytes;

        /** When it is announced that the user has left, unless the user comes back; empty while the user is there. */
        private Optional<Long> leavesNanos = Optional.empty();

        void show(Member now) {
            member = now;
            json = InfoJson.of(now);
            bytes = json.getBytes(StandardCharsets.UTF_8).length;
        }
    }

    private final Destination topic;
    private final int maxStateBytes;
    private final Supplier<String> messageIds;

    /** By user, in the order in which they were seen to come. */
    private final Map<String, Shown> shown = new LinkedHashMap<>();

    private final List<Receiver<Broadcast>> watchers = new CopyOnWriteArrayList<>();
    private final Set<String> touched = new LinkedHashSet<>();

    /** What the next message says, by user. */
    private final Map<String, String> joined = new LinkedHashMap<>();

    private final Map<String, String> left = new LinkedHashMap<>();
    private final Map<String, String> changed = new LinkedHashMap<>();

    private int bytes;
    private long version;
    private boolean crowded;
    private boolean wasCrowded;
    private int toldCount;
    private long toldNanos;

    /**
     * A room without members.
     *
     * @param maxStateBytes octets of a list of members that watchers have room for
     * @param messageIds an id for each message: a room that was empty begins anew, and its ids may not
     */
    Room(Destination topic, int maxStateBytes, Supplier<String> messageIds) {
        this.topic = topic;
        this.maxStateBytes = maxStateBytes;
        this.messageIds = messageIds;
    }

    Destination topic() {
        return topic;
    }

    /** Who gets the messages. Any thread may walk over it. */
    List<Receiver<Broadcast>> watchers() {
        return watchers;
    }

    boolean isUnused() {
        return watchers.isEmpty() && shown.isEmpty() && touched.isEmpty();
    }

    int size() {
        return shown.size();
    }

    /** Something about that user may have changed. */
    void touch(String user) {
        touched.add(user);
    }

    /** The users of {@link #touch}, once. */
    List<String> takeTouched() {
        List<String> users = List.copyOf(touched);
        touched.clear();
        return users;
    }

    /** Since when the user is shown as being there. */
    Optional<Long> sinceOf(String user) {
        return Optional.ofNullable(shown.get(user))
                .map(known -> known.member.since().toEpochMilli());
    }

    /**
     * The user is there, or not.
     *
     * @param entry of all nodes
     * @param leavesNanos when it will be announced that the user has left, if the user is not there
     * @return whether the user joins, or begins to leave; nothing if neither
     */
    Step update(String user, Entry entry, long leavesNanos) {
        Shown known = shown.get(user);
        if (entry.sessions() == 0) {
            if (known == null || known.leavesNanos.isPresent()) {
                return Step.NONE;
            }
            known.leavesNanos = Optional.of(leavesNanos);
            show(known, new Member(user, 0, known.member.info(), known.member.since()));
            return Step.LEAVES;
        }
        if (known == null) {
            known = new Shown();
            shown.put(user, known);
            show(known, member(user, entry, entry.since()));
            joined.put(user, known.json);
            return Step.JOINS;
        }
        known.leavesNanos = Optional.empty();
        boolean otherInfo = !known.member.info().equals(entry.info());
        show(known, member(user, entry, known.member.since().toEpochMilli()));
        if (otherInfo || joined.containsKey(user)) {
            (joined.containsKey(user) ? joined : changed).put(user, known.json);
        }
        return Step.NONE;
    }

    /** What an update leads to. */
    enum Step {
        NONE,
        JOINS,
        LEAVES
    }

    private static Member member(String user, Entry entry, long since) {
        return new Member(user, entry.sessions(), entry.info(), Instant.ofEpochMilli(since));
    }

    private void show(Shown known, Member member) {
        bytes -= known.bytes;
        known.show(member);
        bytes += known.bytes;
    }

    /** The user has left, if that is due since then and the user has not come back. */
    Optional<Member> leave(String user, long leavesNanos) {
        Shown known = shown.get(user);
        if (known == null || !known.leavesNanos.equals(Optional.of(leavesNanos))) {
            return Optional.empty();
        }
        shown.remove(user);
        bytes -= known.bytes;
        changed.remove(user);
        left.put(user, known.json);
        return Optional.of(known.member);
    }

    Optional<Member> member(String user) {
        return Optional.ofNullable(shown.get(user)).map(known -> known.member);
    }

    List<Member> members() {
        return shown.values().stream().map(known -> known.member).toList();
    }

    /** The message about what has changed since the last one; empty if there is nothing, or it has to wait. */
    Optional<Broadcast> news(long nowNanos) {
        boolean many = shown.size() > MANY || bytes > maxStateBytes;
        boolean few = shown.size() < FEW && bytes < maxStateBytes * MUCH_ROOM;
        crowded = crowded ? !few : many;
        if (crowded) {
            forgetNews();
        }
        if (!hasNews() || (crowded && wasCrowded && nowNanos - toldNanos < COUNTS_EVERY.toNanos())) {
            return Optional.empty();
        }
        boolean whole = crowded || wasCrowded || newsBytes() > maxStateBytes;
        String body = whole
                ? stateBody()
                : InfoJson.diff(
                        shown.size(),
                        List.copyOf(joined.values()),
                        List.copyOf(left.values()),
                        List.copyOf(changed.values()));
        forgetNews();
        wasCrowded = crowded;
        toldCount = shown.size();
        toldNanos = nowNanos;
        version++;
        return watchers.isEmpty() ? Optional.empty() : Optional.of(new Broadcast(message(body, messageIds.get())));
    }

    /** Whether there is something that the next message says; it may have to wait. */
    boolean hasNews() {
        if (crowded && wasCrowded) {
            return toldCount != shown.size();
        }
        return crowded != wasCrowded || !joined.isEmpty() || !left.isEmpty() || !changed.isEmpty();
    }

    private void forgetNews() {
        joined.clear();
        left.clear();
        changed.clear();
    }

    private int newsBytes() {
        return List.of(joined, left, changed).stream()
                .flatMap(news -> news.values().stream())
                .mapToInt(String::length)
                .sum();
    }

    /** What a new watcher is shown, as of the last message. */
    Message state() {
        return message(stateBody(), "");
    }

    /** Counts the messages: a watcher who was shown the state of a version has no use for those up to it. */
    long version() {
        return version;
    }

    private String stateBody() {
        return InfoJson.state(
                shown.size(),
                crowded
                        ? Optional.empty()
                        : Optional.of(
                                shown.values().stream().map(known -> known.json).toList()));
    }

    private Message message(String body, String id) {
        return new Message(
                topic.presence(),
                Headers.of(HeaderNames.CONTENT_TYPE, "application/json", "version", Long.toString(version)),
                Body.utf8(body),
                "",
                Audience.EVERYBODY,
                id);
    }
}
