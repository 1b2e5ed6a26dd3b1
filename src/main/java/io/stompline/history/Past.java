package io.stompline.history;

import io.stompline.history.rules.LastValue;
import io.stompline.routing.Message;
import io.stompline.routing.hub.Broadcast;
import io.stompline.routing.hub.Doubles;
import io.stompline.routing.hub.Position;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * What is kept for one subscriber at one moment, and how much of it the subscriber gets.
 *
 * @param now behind all messages that had come
 * @param entries what is behind the position of the subscriber, or all, in no order
 * @param kept whether nothing is missing behind the position of the subscriber
 * @param doubles what the subscriber may have received on another node
 */
record Past(Position now, List<Entry> entries, boolean kept, Doubles doubles) {
    /** Of a history. Of what does not fit a subscriber that resumes gets nothing, another one the newest. */
    Replay ofMessages(Rewind rewind, Predicate<Message> wanted, Replay.Limit limit) {
        List<Entry> asked = newestFirst(wanted);
        List<Broadcast> fitting = fitting(asked, rewind, limit);
        if (rewind instanceof Rewind.After) {
            boolean recovered = kept && fitting.size() == asked.size();
            return recovered ? Replay.resumed(fitting, now, doubles) : Replay.of(List.of(), now);
        }
        return Replay.of(fitting, now);
    }

    /**
     * Of last values, in slices that each fit. A subscriber that resumes is told of deletions, unless it may have
     * missed some: then it begins again.
     */
    Replay ofValues(Rewind rewind, Predicate<Message> wanted, Replay.Limit limit) {
        List<Entry> shown = new ArrayList<>(newestFirst(wanted).stream()
                .filter(entry -> kept || !LastValue.isDeletion(entry.message()))
                .takeWhile(entry -> entry.millis() >= sinceMillis(rewind))
                .limit(rewind instanceof Rewind.Last few ? few.count() : Long.MAX_VALUE)
                .toList());
        Collections.reverse(shown);
        Position before = shown.isEmpty()
                ? now
                : new Position(
                        now.node(), shown.get(0).number() - 1, shown.get(0).millis());
        return Replay.inSlices(new Slices(shown, limit), shown.size(), now, before, kept);
    }

    /** The last values, the one that changed longest ago first. */
    List<Message> values() {
        return entries.stream()
                .sorted(Comparator.comparingLong(Entry::number))
                .map(Entry::message)
                .filter(message -> !LastValue.isDeletion(message))
                .toList();
    }

    private List<Entry> newestFirst(Predicate<Message> wanted) {
        return entries.stream()
                .sorted(Comparator.comparingLong(Entry::number).reversed())
                .filter(entry -> entry.endMillis() > now.millis() && wanted.test(entry.message()))
                .toList();
    }

    /** The newest that fit, in order. */
    private static List<Broadcast> fitting(List<Entry> newestFirst, Rewind rewind, Replay.Limit limit) {
        int count = rewind instanceof Rewind.Last few ? Math.min(few.count(), limit.messages()) : limit.messages();
        long since = sinceMillis(rewind);
        List<Broadcast> fitting = new ArrayList<>();
        int room = limit.bytes();
        for (Entry entry : newestFirst) {
            Broadcast broadcast = entry.broadcast();
            room -= broadcast.size();
            if (fitting.size() == count || room < 0 || entry.millis() < since) {
                break;
            }
            fitting.add(broadcast);
        }
        Collections.reverse(fitting);
        return fitting;
    }

    private static long sinceMillis(Rewind rewind) {
        return rewind instanceof Rewind.Since from ? from.time().toEpochMilli() : Long.MIN_VALUE;
    }
}
