package io.stompline.history;

import io.stompline.history.lag.LagReport;
import io.stompline.routing.Destination;
import io.stompline.routing.Message;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a node that starts takes over from another one.
 *
 * @param lags of all nodes that the other one knows; the first is its own
 */
record Seed(List<LagReport> lags, List<OfRule> rules, List<OfRing> rings) {
    /** All messages, in no order. */
    Stream<Kept> messages() {
        return rings.stream().flatMap(ring -> ring.messages().stream());
    }

    /**
     * A rule.
     *
     * @param sinceMillis since when all its messages came
     * @param absentMillis what came before may be missing of topics that are not among the rings
     */
    record OfRule(Destination pattern, long sinceMillis, long absentMillis) {}

    /**
     * What is kept of one topic.
     *
     * @param floorMillis what came before may be missing
     * @param messages in order
     */
    record OfRing(KeptDestination topic, long floorMillis, List<Kept> messages) {
        /** Of a ring, with its messages if there is room. */
        static OfRing of(KeptDestination topic, Ring<?> ring, boolean room) {
            List<Entry> entries = new ArrayList<>(ring.behind(0));
            Collections.reverse(entries);
            if (room) {
                return new OfRing(
                        topic,
                        ring.floor().millis(),
                        entries.stream().map(Kept::of).toList());
            }
            Floor floor = entries.stream().map(Floor::of).reduce(ring.floor(), Floor::and);
            return new OfRing(topic, floor.millis(), List.of());
        }
    }

    /**
     * A message.
     *
     * @param shownAs the destination as subscribers know it
     * @param number in the order of that node
     * @param millis when it came there
     */
    record Kept(Message message, String shownAs, long number, long millis) {
        static Kept of(Entry entry) {
            return new Kept(entry.message(), entry.shownAs(), entry.number(), entry.millis());
        }

        /**
         * When it was published; when it came, if the clock of who did so is ahead.
         *
         * @param mostMillis how far clocks may differ
         */
        long publishedMillis(long mostMillis) {
            return message.sentMillis() - millis > mostMillis ? millis : message.sentMillis();
        }
    }
}
