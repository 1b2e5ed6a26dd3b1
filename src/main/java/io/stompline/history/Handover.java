package io.stompline.history;

import io.stompline.history.lag.LagReports;
import io.stompline.history.rules.HistorySettings;
import io.stompline.metrics.Counter;
import io.stompline.metrics.Meter;
import io.stompline.metrics.Metrics;
import io.stompline.routing.LocalTopics;
import io.stompline.routing.hub.Position;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Gives what this node keeps to one that starts, or takes it from one that was there before, and knows again what comes
 * here although it was taken over. Guarded by its {@link History}.
 */
final class Handover {
    private final String node;
    private final Rings rings;
    private final LagReports lags;
    private final LocalTopics localTopics;
    private final long overlapMillis;
    private final InstantSource clock;
    private final Counter seeded;

    /** Ids of messages of another node that this one may hear itself, later. */
    private Set<String> mayComeAgain = Set.of();

    private long mayComeAgainUntilMillis;

    /**
     * Nothing was taken over yet.
     *
     * @param node the name of this node in positions
     * @param rings what it keeps
     * @param lags how promptly the nodes hear messages
     */
    Handover(
            String node, HistorySettings settings, Rings rings, LagReports lags, InstantSource clock, Metrics metrics) {
        this.node = node;
        this.rings = rings;
        this.lags = lags;
        this.localTopics = settings.localTopics();
        this.overlapMillis = settings.overlap().toMillis();
        this.clock = clock;
        this.seeded = metrics.counter(Meter.HISTORY_MESSAGES_SEEDED);
    }

    /** What another node may take over, within that limit, in octets. */
    Seed seed(long maxBytes) {
        // What is of this node alone stays here: another one has messages of its own, with the same ids.
        return new Seed(
                lags.known(),
                rings.rulesOfSeed(),
                rings.ringsOfSeed(maxBytes, topic -> !localTopics.contain(topic.destination())));
    }

    /**
     * Takes over what another node kept. Called once.
     *
     * @param askedMillis when the other node was asked
     * @return how many messages it handed over
     */
    int takeOver(Seed seed, long askedMillis) {
        lags.learn(seed.lags());
        Map<Long, Long> numbers = numbers(seed);
        // Those that were quiet for longest first: they are forgotten first.
        List<Seed.OfRing> quietFirst = new ArrayList<>(seed.rings());
        Collections.reverse(quietFirst);
        for (Seed.OfRing of : quietFirst) {
            rings.of(of.topic()).ifPresent(ring -> {
                ring.raiseFloor(new Floor(0, of.floorMillis()));
                rings.addOlder(ring, entries(of, ring, numbers));
            });
        }
        if (lags.isPrompt(seed.lags().get(0).node())) {
            Set<KeptDestination> topics =
                    seed.rings().stream().map(Seed.OfRing::topic).collect(Collectors.toSet());
            // What came here before that had reached the other node, too, when it was asked.
            lags.inherit(seed.lags().get(0));
            seed.rules().forEach(rule -> rings.comeSinceEarlier(rule, topics, askedMillis - overlapMillis / 2));
        }
        mayComeAgain = seed.messages()
                .filter(kept -> kept.millis() > askedMillis - overlapMillis)
                .map(kept -> kept.message().id())
                // Without an id (setDisableMessageID) nobody knows one again.
                .filter(id -> !id.isEmpty())
                .collect(Collectors.toSet());
        mayComeAgainUntilMillis = clock.millis() + overlapMillis;
        rings.forgetOld(clock.millis());
        seeded.add(numbers.size());
        return numbers.size();
    }

    /** Those of this node by those of the other, in the same order; this one's own messages have higher ones. */
    private static Map<Long, Long> numbers(Seed seed) {
        Map<Long, Long> numbers = new HashMap<>();
        seed.messages().map(Seed.Kept::number).sorted().forEach(number -> numbers.put(number, numbers.size() + 1L));
        return numbers;
    }

    /** Without those that this node hears itself: before them there may be others that it has heard already. */
    private List<Entry> entries(Seed.OfRing of, Ring<?> ring, Map<Long, Long> numbers) {
        long until = rings.since(ring.pattern()) + overlapMillis / 2;
        return of.messages().stream()
                .filter(kept -> kept.publishedMillis(overlapMillis / 2) <= until)
                .map(kept -> Entry.of(
                        kept.message(),
                        kept.shownAs(),
                        new Position(node, numbers.get(kept.number()), kept.millis()),
                        ring.keeping()))
                .toList();
    }

    /** Whether a message that comes was taken over before. */
    boolean comesAgain(String id) {
        if (clock.millis() > mayComeAgainUntilMillis) {
            mayComeAgain = Set.of();
        }
        return mayComeAgain.contains(id);
    }
}
