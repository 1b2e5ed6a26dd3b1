package io.stompline.history.lag;

import io.stompline.bounds.RecentMap;
import io.stompline.cluster.NodeChannel;
import io.stompline.routing.hub.Position;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How promptly this node and the others hear messages, also those that are gone. Thread-safe.
 *
 * <p>Each message has the time when it was published. Every node sees the same, so it does not matter by whose clock:
 * if a message comes to two nodes within half of the overlap of that time, by the clock of each, then what the clocks
 * of the two say differs by the overlap at most. A node with a wrong clock finds all messages late or early.
 */
public final class LagReports {
    private static final String KIND = "HISTORY_LAG";

    /** Of this and of former nodes; each start of a node is one. */
    private static final int MAX_KNOWN = 1_000;

    private final String node;
    private final long lateMillis;
    private final InstantSource clock;
    private final long sinceMillis;

    private final Map<String, Heard> others = new RecentMap<>(MAX_KNOWN);

    private long doubtMillis;

    /** Since the last {@link #tell}. */
    private long worstMillis;

    /** When the oldest report was told that has not come back; 0 if none is under way. */
    private long toldMillis;

    /** Said by a node of that name in the channel; empty if another node told of it. */
    private record Heard(LagReport report, String by) {}

    /**
     * Nothing is heard yet.
     *
     * @param node the name in positions
     * @param overlap half of it is late
     */
    public LagReports(String node, Duration overlap, InstantSource clock) {
        this.node = node;
        this.lateMillis = overlap.toMillis() / 2;
        this.clock = clock;
        this.sinceMillis = clock.millis();
    }

    /** Hears the other nodes, and whether what this one tells comes back. */
    public void connect(NodeChannel channel) {
        channel.hear(KIND, note -> LagReport.parse(note.text()).ifPresent(report -> hear(report, note.node())));
        channel.hearOwn(KIND, note -> LagReport.parse(note.text()).ifPresent(this::hearOwn));
    }

    /** Tells the other nodes, if there are any. To be called once a second. */
    public void beat(NodeChannel channel) {
        if (!channel.sayLater(KIND, tell().text())) {
            notTold();
        }
    }

    /** A message came that was published at that time. */
    public synchronized void came(long sentMillis) {
        measure(sentMillis);
    }

    private void measure(long sentMillis) {
        long now = clock.millis();
        long late = Math.abs(now - sentMillis);
        worstMillis = Math.max(worstMillis, late);
        if (late > lateMillis) {
            doubtMillis = now;
        }
    }

    /** What the others are told now. It has to come back to {@link #hearOwn}. */
    public synchronized LagReport tell() {
        if (toldMillis == 0) {
            toldMillis = clock.millis();
        }
        measure(toldMillis);
        LagReport told = own();
        worstMillis = 0;
        return told;
    }

    /** Nobody was told. */
    public synchronized void notTold() {
        toldMillis = 0;
    }

    /** What this node told has come back by the message broker. */
    public synchronized void hearOwn(LagReport report) {
        if (toldMillis != 0 && report.nowMillis() >= toldMillis) {
            measure(toldMillis);
            toldMillis = 0;
        }
    }

    /**
     * Another node tells.
     *
     * @param by its name in the channel
     */
    public synchronized void hear(LagReport report, String by) {
        boolean wrongClock = Math.abs(clock.millis() - report.nowMillis()) > lateMillis;
        // With all positions that the report would vouch for.
        put(wrongClock ? report.doubted(report.nowMillis() + lateMillis) : report, by);
    }

    /** Another node knows of these. */
    public synchronized void learn(List<LagReport> known) {
        known.stream().filter(report -> !report.node().equals(node)).forEach(report -> put(report, ""));
    }

    /** This node has what another one heard, and what was late there is late here. */
    public synchronized void inherit(LagReport heardBy) {
        doubtMillis = Math.max(doubtMillis, heardBy.doubtMillis());
    }

    private void put(LagReport report, String by) {
        Heard before = others.getOrDefault(report.node(), new Heard(report, by));
        boolean newer = report.nowMillis() >= before.report().nowMillis();
        LagReport newest = newer
                ? report.doubted(before.report().doubtMillis())
                : before.report().doubted(report.doubtMillis());
        others.put(report.node(), new Heard(newest, by.isEmpty() ? before.by() : by));
    }

    /** Whether neither this node nor the one of the position heard a message too late since then. */
    public synchronized boolean vouchFor(Position position) {
        Heard of = others.get(position.node());
        return of != null && of.report().vouchesFor(position.millis(), lateMillis) && position.millis() > doubtMillis;
    }

    /** Whether a node has been there for a while, and heard everything promptly. */
    public synchronized boolean isPrompt(String other) {
        Heard of = others.get(other);
        return of != null
                && of.report().nowMillis() - 2 * lateMillis
                        > Math.max(of.report().sinceMillis(), of.report().doubtMillis());
    }

    /**
     * The node that started first, of those that started before this one.
     *
     * @param inChannel those that are there now
     * @param without by their names in positions
     * @return its name in positions
     */
    public synchronized Optional<String> oldest(Set<String> inChannel, Set<String> without) {
        return others.values().stream()
                .filter(heard -> inChannel.contains(heard.by()))
                .map(Heard::report)
                .filter(report -> report.sinceMillis() < sinceMillis && !without.contains(report.node()))
                .min(Comparator.comparingLong(LagReport::sinceMillis))
                .map(LagReport::node);
    }

    /** What is known of all nodes, this one first. */
    public synchronized List<LagReport> known() {
        return Stream.concat(Stream.of(own()), others.values().stream().map(Heard::report))
                .toList();
    }

    private LagReport own() {
        return new LagReport(node, sinceMillis, doubtMillis, clock.millis(), worstMillis);
    }

    /** How late messages come now, at most, in milliseconds. */
    public synchronized long lagMillis() {
        return worstMillis;
    }
}
