package io.stompline.bench;

import static io.stompline.bench.Scenario.Habit.ACKNOWLEDGE;
import static io.stompline.bench.Scenario.Habit.ASK_FOR_RECEIPTS;
import static io.stompline.bench.Scenario.Habit.DO_WITHOUT_DISK;
import static io.stompline.bench.Scenario.Habit.OFFER_COMPRESSION;
import static io.stompline.bench.Scenario.Habit.PAUSE_TO_WEIGH;
import static io.stompline.bench.Scenario.Habit.POLL;
import static io.stompline.bench.Scenario.Habit.READ_SLOWLY;
import static io.stompline.bench.Scenario.Habit.READ_STREAM;
import static io.stompline.bench.Scenario.Habit.SEND_JSON;
import static io.stompline.bench.Scenario.Habit.SEND_REQUESTS;
import static io.stompline.bench.Scenario.Habit.STALL;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The scenarios of messages that there are.
 *
 * <p>Their destinations have no further slash where other servers run them, too: RabbitMQ takes none.
 */
final class Scenarios {
    /** The ids of those that vary one number at a time begin so. */
    static final String GROWTH = "growth-";

    private static final int SMALL = 100;
    private static final int WINDOW = 20;

    /** So much may be under way to a subscriber: half of what the server keeps for one that is slow. */
    private static final int WINDOW_OCTETS = 256 * 1024;

    private static final List<Scenario> USUAL = List.of(
            saturating("fan-out-100", "1 → 100, saturating", "/topic/bench.100.", 1, 100, SMALL, WINDOW),
            saturating("fan-out-1000", "1 → 1,000, saturating", "/topic/bench.1000.", 1, 1000, SMALL, WINDOW),
            new Scenario("open-loop", "1 → 100, 100 messages/s", "/topic/bench.rate.", 1, 100, SMALL, 0, 100, Set.of()),
            saturating("pairs", "50 pairs", "/topic/bench.pair.", 50, 1, SMALL, WINDOW),
            saturating("pairs-local", "50 pairs, local topics", Scenario.LOCAL, 50, 1, SMALL, WINDOW),
            queue("queue", "queue, client-individual", ACKNOWLEDGE),
            queue("queue-receipts", "queue, client-individual, with receipts", ACKNOWLEDGE, ASK_FOR_RECEIPTS),
            queue("queue-memory", "queue, persistent:false", ACKNOWLEDGE, DO_WITHOUT_DISK),
            queue(
                    "queue-memory-receipts",
                    "queue, persistent:false, with receipts",
                    ACKNOWLEDGE,
                    ASK_FOR_RECEIPTS,
                    DO_WITHOUT_DISK),
            large("not-stalled", "1 → 10, 1,000 × 2 KiB/s", PAUSE_TO_WEIGH),
            large("stalled", "1 → 10, 1,000 × 2 KiB/s, one stops reading", PAUSE_TO_WEIGH, STALL));

    private static final List<Scenario> GROWING = List.of(
            growing("subscribers-10", "1 → 10", 1, 10, SMALL),
            growing("subscribers-100", "1 → 100", 1, 100, SMALL),
            growing("subscribers-1000", "1 → 1,000", 1, 1000, SMALL),
            growing("subscribers-5000", "1 → 5,000", 1, 5000, SMALL),
            growing("publishers-10", "10 × 1 → 10", 10, 10, SMALL),
            growing("publishers-100", "100 × 1 → 10", 100, 10, SMALL),
            growing("body-1024", "1 → 10, 1 KiB", 1, 10, 1024),
            growing("body-8192", "1 → 10, 8 KiB", 1, 10, 8192),
            growing("body-64000", "1 → 10, 64,000 octets", 1, 10, 64_000));

    /** What a delivery costs with a capability of its topic, and without any. */
    private static final List<Scenario> CAPABILITIES = List.of(
            capability("none", "1 → 100", "/topic/bench-plain/"),
            capability("history", "1 → 100, history", Scenario.HISTORY),
            capability("last-value", "1 → 100, last value", Scenario.LAST_VALUE),
            capability("presence", "1 → 100, presence", Scenario.PRESENCE));

    private static final List<Scenario> SLOW = List.of(
            slow("nobody", "1 → 10, 1,000 × 2 KiB/s, oldest may be dropped", PAUSE_TO_WEIGH),
            slow("one", "1 → 10, 1,000 × 2 KiB/s, one reads 1 % of it", PAUSE_TO_WEIGH, READ_SLOWLY));

    /** What messages of some size cost compressed and as they are. */
    private static final List<Scenario> COMPRESSION = Stream.of(1024, 4096, 32_768)
            .flatMap(octets ->
                    Stream.of(json("off", octets, SEND_JSON), json("on", octets, SEND_JSON, OFFER_COMPRESSION)))
            .toList();

    /** The same on each way; publishers of many subscribers send by WebSocket, so that only the way down differs. */
    private static final List<Scenario> WAYS = Stream.of(
                    ways("fan-out-100", "1 → 100, saturating", 1, 100, 0),
                    ways("fan-out-1000", "1 → 1,000, saturating", 1, 1000, 0),
                    ways("rate-100", "1 → 100, 100 messages/s", 1, 100, 100),
                    ways("rate-1000", "1 → 1,000, 10 messages/s", 1, 1000, 10),
                    ways("pairs", "50 pairs", 50, 1, 0, SEND_REQUESTS))
            .flatMap(List::stream)
            .toList();

    static final List<Scenario> ALL = Stream.of(USUAL, GROWING, CAPABILITIES, SLOW, COMPRESSION, WAYS)
            .flatMap(List::stream)
            .toList();

    private Scenarios() {}

    private static Scenario saturating(
            String id, String title, String destination, int publishers, int subscribers, int bodyOctets, int window) {
        return new Scenario(id, title, destination, publishers, subscribers, bodyOctets, window, 0, Set.of());
    }

    private static Scenario queue(String id, String title, Scenario.Habit... habits) {
        return new Scenario(id, title, "/queue/bench." + id + ".", 1, 1, SMALL, 50, 0, Set.of(habits));
    }

    private static Scenario large(String id, String title, Scenario.Habit... habits) {
        return new Scenario(id, title, "/topic/bench." + id + ".", 1, 10, 2048, 0, 1000, Set.of(habits));
    }

    private static Scenario capability(String id, String title, String topics) {
        return saturating("capability-" + id, title, topics, 1, 100, SMALL, WINDOW);
    }

    private static Scenario json(String compression, int bodyOctets, Scenario.Habit... habits) {
        String id = "compression-" + compression + "-" + bodyOctets;
        String title = "1 → 1,000, " + bodyOctets / 1024 + " KiB of JSON, compression " + compression;
        return new Scenario(
                id, title, "/topic/bench." + id + ".", 1, 1000, bodyOctets, window(bodyOctets), 0, Set.of(habits));
    }

    /** @param besides what clients do besides on the ways over plain HTTP */
    private static List<Scenario> ways(
            String id, String title, int publishers, int subscribers, double perSecond, Scenario.Habit... besides) {
        return List.of(
                way(id + "-websocket", title + ", WebSocket", publishers, subscribers, perSecond, Set.of()),
                way(id + "-stream", title + ", stream", publishers, subscribers, perSecond, with(READ_STREAM, besides)),
                way(id + "-polls", title + ", polls", publishers, subscribers, perSecond, with(POLL, besides)));
    }

    private static Set<Scenario.Habit> with(Scenario.Habit habit, Scenario.Habit... others) {
        return EnumSet.of(habit, others);
    }

    private static Scenario way(
            String id, String title, int publishers, int subscribers, double perSecond, Set<Scenario.Habit> habits) {
        String destination = "/topic/bench.http-" + id + ".";
        return new Scenario(
                "http-" + id, title, destination, publishers, subscribers, SMALL, WINDOW, perSecond, habits);
    }

    private static Scenario slow(String id, String title, Scenario.Habit... habits) {
        return new Scenario("slow-" + id, title, Scenario.MAY_DROP + id, 1, 10, 2048, 0, 1000, Set.of(habits));
    }

    private static Scenario growing(String id, String title, int publishers, int subscribers, int bodyOctets) {
        String destination = "/topic/bench." + GROWTH + id + ".";
        return saturating(GROWTH + id, title, destination, publishers, subscribers, bodyOctets, window(bodyOctets));
    }

    private static int window(int bodyOctets) {
        return Math.min(WINDOW, WINDOW_OCTETS / bodyOctets);
    }
}
