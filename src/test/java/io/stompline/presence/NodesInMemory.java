package io.stompline.presence;

import io.stompline.frame.Body;
import io.stompline.metrics.Metrics;
import io.stompline.routing.Destination;
import io.stompline.routing.hub.Router;
import io.stompline.session.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Several nodes with notes between them, and time that passes when a test says so. One thread. */
final class NodesInMemory {
    static final Destination ROOM = Destination.topic("rooms/1");
    static final int MAX_STATE_BYTES = 128 * 1024;
    private static final Duration STEP = Duration.ofMillis(100);
    private static final Duration ALIVE_EVERY = Duration.ofSeconds(5);
    private static final Duration SILENT_AFTER = Duration.ofSeconds(16);
    private static final Duration ACQUAINTANCE = Duration.ofSeconds(7);

    final ManualClock clock = new ManualClock();

    /** What the beans of all nodes observe. */
    final List<String> events = new ArrayList<>();

    private final Map<String, Node> nodes = new TreeMap<>();

    /** Nodes of these names, in the order in which events fall to them. */
    NodesInMemory(String... names) {
        List.of(names).forEach(this::start);
        pass(ACQUAINTANCE);
    }

    Node start(String name) {
        Node node = new Node(name);
        nodes.put(name, node);
        return node;
    }

    Node node(String name) {
        return nodes.get(name);
    }

    /** A process that is no more, and says nothing. */
    void kill(String name) {
        nodes.remove(name);
    }

    /** A process that ends in order. */
    void stop(String name) {
        nodes.remove(name);
        nodes.values().forEach(other -> {
            other.heardNanos.remove(name);
            other.presence.gone(name);
        });
    }

    void pass(Duration time) {
        for (long passed = 0; passed < time.toMillis(); passed += STEP.toMillis()) {
            clock.pass(STEP);
            List.copyOf(nodes.values()).forEach(Node::beat);
            List.copyOf(nodes.values()).forEach(Node::speak);
            List.copyOf(nodes.values()).forEach(Node::tick);
        }
    }

    private boolean hasPassed(long sinceNanos, Duration time) {
        return clock.getAsLong() - sinceNanos >= time.toNanos();
    }

    /** One of them. */
    final class Node implements Others {
        final Presence presence;

        /** Bodies of the messages to a watcher of the room. */
        final List<String> watched = new ArrayList<>();

        /** Their ids. */
        final List<String> ids = new ArrayList<>();

        /** Whether the message broker is there for it. */
        boolean connected = true;

        /** Whether the message broker loses what it says. */
        boolean mute;

        /** Whether its beans are done with the events before. */
        boolean observes = true;

        /** Whether the process stands still. */
        boolean asleep;

        private final String name;
        private final Map<String, Long> heardNanos = new HashMap<>();
        private final List<Long> speaksNanos = new ArrayList<>();

        /** What is said next, once, as {@link io.stompline.cluster.NodeChannel#sayGathered} does. */
        private Optional<Supplier<String>> gathered = Optional.empty();

        private long beatNanos = clock.getAsLong() - ALIVE_EVERY.toNanos();

        Node(String name) {
            this.name = name;
            presence = new Presence(PresenceRules.of("/topic/rooms/**"), MAX_STATE_BYTES, clock, clock, new Metrics());
            presence.connect(this);
            presence.listen(
                    event -> events.add((event.joined() ? "joined " : "left ")
                            + event.member().user()),
                    () -> observes);
            watch(ROOM);
        }

        /** Watches a room until that is closed. */
        Router.Registration watch(Destination room) {
            return presence.watch(room, message -> {
                watched.add(text(message.message().body()));
                ids.add(message.message().id());
            });
        }

        void enter(String user, String session) {
            presence.enter(ROOM, user, session, Optional.empty());
        }

        void leave(String user, String session) {
            presence.leave(ROOM, user, session);
        }

        /** The messages since the last call. */
        List<String> takeWatched() {
            List<String> taken = List.copyOf(watched);
            watched.clear();
            return taken;
        }

        /** Users with the number of their sessions. */
        String members() {
            return presence.members(ROOM).stream()
                    .map(member -> member.user() + "=" + member.sessions())
                    .sorted()
                    .collect(Collectors.joining(" "));
        }

        private void beat() {
            if (!asleep && connected && hasPassed(beatNanos, ALIVE_EVERY)) {
                beatNanos = clock.getAsLong();
                hearers().forEach(this::isHeardBy);
            }
        }

        /** A node that hears another for the first time announces itself. */
        private void isHeardBy(Node other) {
            if (other.heardNanos.put(name, clock.getAsLong()) == null) {
                other.beatNanos = clock.getAsLong() - ALIVE_EVERY.toNanos();
            }
        }

        private void speak() {
            if (asleep) {
                return;
            }
            while (speaksNanos.removeIf(due -> clock.getAsLong() >= due)) {
                Optional<Supplier<String>> text = gathered;
                gathered = Optional.empty();
                text.map(Supplier::get).ifPresent(this::broadcast);
            }
        }

        private void broadcast(String text) {
            if (connected && !mute) {
                hearers().forEach(other -> {
                    isHeardBy(other);
                    other.presence.hear(name, text);
                });
            }
        }

        private List<Node> hearers() {
            return nodes.values().stream()
                    .filter(other -> other != this && other.connected && !other.asleep)
                    .toList();
        }

        private void tick() {
            if (!asleep) {
                presence.tick();
            }
        }

        @Override
        public String self() {
            return name;
        }

        @Override
        public Set<String> heard() {
            heardNanos.values().removeIf(heard -> hasPassed(heard, SILENT_AFTER));
            return Set.copyOf(heardNanos.keySet());
        }

        @Override
        public boolean isConnected() {
            return connected;
        }

        @Override
        public boolean isLeaving() {
            return false;
        }

        @Override
        public void say(Duration delay, Supplier<String> text) {
            gathered = Optional.of(text);
            speaksNanos.add(clock.getAsLong() + delay.toNanos());
        }

        @Override
        public void ask(String node) {
            if (connected) {
                hearers().forEach(other -> other.presence.asked(node));
            }
        }
    }

    static String text(Body body) {
        return body.text().orElseThrow();
    }
}
