package io.stompline.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.frame.Body;
import io.stompline.frame.Headers;
import io.stompline.history.lag.LagReport;
import io.stompline.history.rules.HistorySettings;
import io.stompline.history.rules.Keeping;
import io.stompline.history.rules.Retention;
import io.stompline.metrics.Metrics;
import io.stompline.routing.Audience;
import io.stompline.routing.Destination;
import io.stompline.routing.LocalTopics;
import io.stompline.routing.Message;
import io.stompline.routing.TopicRules;
import io.stompline.routing.hub.Broadcast;
import io.stompline.routing.hub.Position;
import io.stompline.session.opening.PastMessages;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Several nodes that hear the same publishers, each in an order of its own, and clients that change from one to the
 * other: who is told that nothing is missing misses nothing, and what comes twice is marked.
 *
 * <p>Only the messages of one publisher come in order. They take up to 30 ms to each node, one of a hundred up to 3 s
 * more. Nodes are killed, and start anew with what another one hands over.
 */
class NodesModelTest {
    private static final Destination PATTERN = Destination.topic("chat/**");
    private static final KeptDestination TOPIC = KeptDestination.of(Destination.topic("chat/a"), "ann");
    private static final KeptDestination ALL = KeptDestination.of(Destination.topic("chat/*"), "ann");
    private static final Replay.Limit LIMIT = new Replay.Limit(100_000, 1_000_000_000);
    private static final Duration OVERLAP = Duration.ofSeconds(10);
    private static final int NODES = 3;
    private static final int PUBLISHERS = 3;
    private static final int CLIENTS = 8;
    private static final long RUN_MILLIS = Duration.ofMinutes(8).toMillis();
    private static final long BEGIN = 1_795_899_000_000L;

    private int recoveredElsewhere;
    private int notRecovered;
    private int replayedMarked;

    @Test
    void recovered_promptNodes_missesNothingAndMarksDoubles() {
        for (int seed = 0; seed < 20; seed++) {
            new Run(seed, Clocks.GOOD).play();
        }
        assertThat(recoveredElsewhere).as("proof").isGreaterThan(300);
        assertThat(replayedMarked).as("proof").isGreaterThan(300);
    }

    @Test
    void recovered_aNodeWithAWrongClock_missesNothingAndMarksDoubles() {
        for (int seed = 0; seed < 10; seed++) {
            new Run(seed, Clocks.ONE_NODE_WRONG).play();
        }
        assertThat(recoveredElsewhere).as("between the others").isPositive();
    }

    @Test
    void recovered_aPublisherWithAWrongClock_missesNothingAndMarksDoubles() {
        for (int seed = 0; seed < 10; seed++) {
            new Run(seed, Clocks.ONE_PUBLISHER_WRONG).play();
        }
        assertThat(notRecovered).as("in doubt").isGreaterThan(10 * recoveredElsewhere);
    }

    /** How far the clocks of nodes and publishers are off, in milliseconds. */
    private record Clocks(List<Long> ofNodes, List<Long> ofPublishers) {
        static final Clocks GOOD = new Clocks(List.of(-400L, 0L, 400L), List.of(400L, -400L, 0L));
        static final Clocks ONE_NODE_WRONG = new Clocks(List.of(25_000L, 0L, 0L), List.of(0L, 0L, 0L));
        static final Clocks ONE_PUBLISHER_WRONG = new Clocks(List.of(0L, 0L, 0L), List.of(-8_000L, 0L, 0L));
    }

    private record Event(long millis, long order, Runnable action) {}

    /** One course of events. */
    private final class Run {
        private final Random random;
        private final Clocks clocks;
        private final int ringSize;
        private final int pauseMillis;
        private final PriorityQueue<Event> events =
                new PriorityQueue<>(Comparator.comparingLong(Event::millis).thenComparingLong(Event::order));
        private final List<Node> nodes = new ArrayList<>();
        private final List<Client> clients = new ArrayList<>();
        private final Set<String> published = new HashSet<>();
        private final Map<Integer, Long> lastMillis = new HashMap<>();
        private final String name;
        private long now = BEGIN;
        private long order;

        Run(int seed, Clocks clocks) {
            this.random = new Random(seed);
            this.clocks = clocks;
            this.ringSize = List.of(50, 500, 5_000).get(seed % 3);
            this.pauseMillis = List.of(3_000, 300, 60).get(random.nextInt(3));
            this.name = "run " + seed;
        }

        void play() {
            for (int i = 0; i < NODES; i++) {
                nodes.add(new Node(i));
                nodes.get(i).ready = true;
            }
            for (int i = 0; i < PUBLISHERS; i++) {
                publishLater(i, 0);
            }
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(new Client(i % 4 == 3 ? ALL : TOPIC));
            }
            later(random.nextInt(120_000), this::kill);
            goOnUntil(BEGIN + RUN_MILLIS);
            clients.forEach(Client::comeToStay);
            goOnUntil(BEGIN + RUN_MILLIS + 30_000);
            clients.forEach(Client::assertComplete);
        }

        private void goOnUntil(long end) {
            while (events.peek() != null && events.peek().millis() <= end) {
                Event next = events.remove();
                now = next.millis();
                next.action().run();
            }
        }

        void later(long millis, Runnable action) {
            events.add(new Event(now + millis, order++, action));
        }

        private void publishLater(int publisher, int number) {
            later(1L + random.nextInt(2 * pauseMillis), () -> {
                if (now < BEGIN + RUN_MILLIS) {
                    publish(publisher, number);
                    publishLater(publisher, number + 1);
                }
            });
        }

        private void publish(int publisher, int number) {
            String id = publisher + "-" + number;
            long sent = now + clocks.ofPublishers().get(publisher);
            boolean other = random.nextInt(4) == 0;
            Message message = new Message(
                    Destination.topic(other ? "chat/b" : "chat/a"),
                    Headers.of("timestamp", Long.toString(sent)),
                    Body.utf8(id),
                    "",
                    Audience.EVERYBODY,
                    id);
            published.add(id + (other ? " b" : " a"));
            nodes.stream().filter(node -> node.alive).forEach(node -> {
                node.underWay.add(id);
                inOrder(publisher, node, () -> node.hear(message));
            });
        }

        /** What one node, or one publisher, says comes to another in order. */
        private void inOrder(int from, Node node, Runnable arrival) {
            long delay = 1L + random.nextInt(30) + (random.nextInt(100) == 0 ? random.nextInt(3_000) : 0);
            int way = from * NODES + node.index;
            long millis = Math.max(lastMillis.getOrDefault(way, 0L), now + delay);
            lastMillis.put(way, millis);
            int life = node.life;
            later(millis - now, () -> {
                if (node.life == life) {
                    arrival.run();
                }
            });
        }

        private void kill() {
            Node victim = nodes.get(random.nextInt(NODES));
            if (victim.alive) {
                victim.kill();
            }
            later(20_000 + random.nextInt(120_000), this::kill);
        }

        /** One node, again and again. */
        private final class Node {
            private final int index;
            private final Set<Client> subscribers = new HashSet<>();

            /** Messages that it will hear. */
            private final Set<String> underWay = new HashSet<>();

            private History history;
            private boolean alive;

            /** Changes when it is killed, and when it starts. */
            private int life;

            private boolean ready;

            Node(int index) {
                this.index = index;
                start();
            }

            private void start() {
                TopicRules<Keeping> rules = new TopicRules<>(
                        List.of(new TopicRules.Rule<>(PATTERN, new Retention(ringSize, Duration.ofMinutes(4)))));
                history = new History(
                        new HistorySettings(rules, 1_000_000_000, OVERLAP, LocalTopics.NONE),
                        () -> Instant.ofEpochMilli(now + clocks.ofNodes().get(index)),
                        new Metrics());
                history.consumed(PATTERN);
                underWay.clear();
                alive = true;
                life++;
                beat();
            }

            private void beat() {
                LagReport report = history.lags().tell();
                nodes.stream()
                        .filter(node -> node.alive)
                        .forEach(node -> inOrder(PUBLISHERS + index, node, () -> {
                            if (node == this) {
                                history.lags().hearOwn(report);
                            } else {
                                node.history.lags().hear(report, "node" + index);
                            }
                        }));
                inThisLife(1_000, this::beat);
            }

            void kill() {
                life++;
                alive = false;
                ready = false;
                List.copyOf(subscribers).forEach(Client::cut);
                later(1_000 + random.nextInt(60_000), () -> {
                    start();
                    inThisLife(OVERLAP.toMillis() / 2 + 1_000, this::askForSeed);
                });
            }

            private void inThisLife(long millis, Runnable action) {
                int planned = life;
                later(millis, () -> {
                    if (life == planned) {
                        action.run();
                    }
                });
            }

            private void askForSeed() {
                long asked = now + clocks.ofNodes().get(index);
                Optional<String> oldest = history.lags().oldest(Set.of("node0", "node1", "node2"), Set.of());
                nodes.stream()
                        .filter(node -> node.ready && oldest.equals(Optional.of(node.history.node())))
                        .findFirst()
                        .ifPresent(node -> {
                            Seed seed = copy(node.history.seed(1_000_000_000));
                            inThisLife(random.nextInt(500), () -> history.takeOver(seed, asked));
                        });
                inThisLife(600, () -> ready = true);
            }

            void hear(Message message) {
                underWay.remove(message.id());
                Broadcast broadcast = history.record(PATTERN, message).orElseThrow();
                List.copyOf(subscribers).forEach(client -> client.live(broadcast));
            }
        }

        /** A page that remembers the last position. */
        private final class Client {
            private final KeptDestination what;
            private final Set<String> got = new HashSet<>();

            /** What was published before it began, and will not come. */
            private Set<String> before = Set.of();

            private Optional<Position> position = Optional.empty();
            private Optional<Node> node = Optional.empty();
            private PastMessages opening;

            Client(KeptDestination what) {
                this.what = what;
                later(random.nextInt(60_000), this::come);
            }

            private void come() {
                if (node.isPresent()) {
                    return;
                }
                List<Node> there = nodes.stream().filter(each -> each.ready).toList();
                if (there.isEmpty()) {
                    later(1_000, this::come);
                    return;
                }
                subscribe(there.get(random.nextInt(there.size())));
                if (node.isPresent()) {
                    int stay = random.nextInt(3) == 0 ? 3_000 : 60_000;
                    Node here = node.get();
                    int life = here.life;
                    later(random.nextInt(stay), () -> {
                        if (node.equals(Optional.of(here)) && here.life == life) {
                            cut();
                        }
                    });
                }
            }

            private void subscribe(Node here) {
                Replay replay = here.history.replay(what, rewind(), wanted -> true, LIMIT);
                count(here, replay);
                if (!replay.recovered()) {
                    got.clear();
                    before = new HashSet<>(published);
                    here.underWay.forEach(id -> before.removeAll(Set.of(id + " a", id + " b")));
                    position = Optional.of(replay.told());
                }
                node = Optional.of(here);
                here.subscribers.add(this);
                opening = new PastMessages(
                        replay.messages(), replay.rest(), replay.now().number(), replay.doubles());
                boolean whole = random.nextInt(5) > 0;
                int shown = whole ? replay.count() : random.nextInt(replay.count() + 1);
                replay.messages().stream().limit(shown).forEach(first -> show(first, opening.marks(first)));
                if (replay.count() == 0) {
                    position = Optional.of(replay.told());
                } else if (shown < replay.count()) {
                    cut();
                }
            }

            private Rewind rewind() {
                return position.map(known -> Position.parse(known.text()).orElseThrow())
                        .<Rewind>map(Rewind.After::new)
                        .orElse(new Rewind.Next());
            }

            private void count(Node here, Replay replay) {
                boolean moved = position.filter(known -> !known.node().equals(here.history.node()))
                        .isPresent();
                recoveredElsewhere += moved && replay.recovered() ? 1 : 0;
                notRecovered += moved && !replay.recovered() ? 1 : 0;
            }

            void live(Broadcast broadcast) {
                boolean wanted =
                        what.equals(ALL) || broadcast.message().destination().equals(what.destination());
                if (wanted && !opening.covered().test(broadcast)) {
                    show(broadcast, opening.liveMarks().apply(broadcast));
                }
            }

            private void show(Broadcast broadcast, Headers marks) {
                boolean marked = marks.has("redelivered")
                        || broadcast.message().headers().has("redelivered");
                String id = broadcast.message().id();
                assertThat(got.add(id) || marked)
                        .as("%s: %s comes again unmarked at %s", name, id, now - BEGIN)
                        .isTrue();
                replayedMarked += marked ? 1 : 0;
                position = marks.first("x-stream-offset")
                        .map(text -> Position.parse(text).orElseThrow())
                        .or(broadcast::position);
            }

            void cut() {
                leave();
                int away = List.of(200, 5_000, 20_000, 180_000).get(random.nextInt(4));
                later(20 + random.nextInt(away), this::come);
            }

            private void leave() {
                node.ifPresent(here -> here.subscribers.remove(this));
                node = Optional.empty();
            }

            void comeToStay() {
                if (node.isEmpty()) {
                    nodes.stream().filter(each -> each.ready).findFirst().ifPresent(this::subscribe);
                }
            }

            void assertComplete() {
                String suffix = what.equals(ALL) ? "" : " a";
                Set<String> missing = new HashSet<>();
                published.stream()
                        .filter(each -> each.endsWith(suffix))
                        .filter(each -> !before.contains(each))
                        .map(each -> each.substring(0, each.length() - 2))
                        .filter(id -> !got.contains(id))
                        .forEach(missing::add);
                assertThat(node.isEmpty() || missing.isEmpty())
                        .as("%s: %s is missing", name, missing)
                        .isTrue();
            }
        }
    }

    private static Seed copy(Seed seed) {
        try {
            ByteArrayOutputStream octets = new ByteArrayOutputStream();
            SeedFormat.write(seed, octets);
            return SeedFormat.read(new ByteArrayInputStream(octets.toByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
