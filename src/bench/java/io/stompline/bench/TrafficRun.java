package io.stompline.bench;

import io.stompline.bench.Scenario.Habit;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs a scenario of messages: connects everybody, gets warm, measures, and waits for what is still under way. */
final class TrafficRun {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(60);
    private static final Duration SETTLING = Duration.ofSeconds(2);
    private static final Duration STALL_LIMIT = Duration.ofSeconds(30);
    private static final Duration DRAIN_LIMIT = Duration.ofSeconds(10);

    private final Scenario scenario;
    private final MeasuredServer server;
    private final List<LoadStream> streams = new ArrayList<>();
    private final List<Stall> stalls = new ArrayList<>();
    private final List<SlowReader> slowReaders = new ArrayList<>();
    private final Latencies latencies = new Latencies();
    private int opening;
    private boolean measuring;
    private long measured;
    private final List<Figure> figures = new ArrayList<>();

    private TrafficRun(Scenario scenario, MeasuredServer server) {
        this.scenario = scenario;
        this.server = server;
    }

    static Result run(Scenario scenario, MeasuredServer server, Duration warmUp, Duration length) throws IOException {
        try (LoadLoop loop = new LoadLoop(server.endpoint())) {
            return new TrafficRun(scenario, server).run(loop, warmUp, length);
        }
    }

    private Result run(LoadLoop loop, Duration warmUp, Duration length) throws IOException {
        connect(loop);
        begin();
        publish(loop, warmUp);
        Footprint before = weigh(loop);
        stalls.forEach(Stall::begin);
        slowReaders.forEach(SlowReader::begin);
        long measureNanos = System.nanoTime();
        Duration cpu = server.cpu();
        long octetsRead = loop.octetsRead();
        long answers = loop.answers();
        measuring = true;
        publish(loop, length);
        measuring = false;
        octetsRead = loop.octetsRead() - octetsRead;
        answers = loop.answers() - answers;
        cpu = server.cpu().minus(cpu);
        measureNanos = System.nanoTime() - measureNanos;
        Footprint after = weigh(loop);
        for (SlowReader slow : slowReaders) {
            slow.end();
        }
        awaitClosing(loop, length);
        drain(loop);
        addFigures(before, after, loop.lost());
        addTraffic(loop, octetsRead, answers * 1e9 / measureNanos);
        return result(measureNanos, cpu, declined(loop));
    }

    private void begin() {
        long now = System.nanoTime();
        streams.forEach(stream -> stream.begin(now));
    }

    /** Takes what the server holds while nothing is under way, if the scenario wants that. */
    private Footprint weigh(LoadLoop loop) throws IOException {
        if (!scenario.has(Habit.PAUSE_TO_WEIGH)) {
            return Footprint.NONE;
        }
        loop.forgive();
        drain(loop);
        Footprint footprint = Footprint.of(server.process());
        begin();
        return footprint;
    }

    private void connect(LoadLoop loop) throws IOException {
        for (int i = 0; i < scenario.publishers(); i++) {
            String destination = scenario.destination() + i;
            LoadStream stream =
                    new LoadStream(scenario, destination, open(loop, scenario.wayOfPublishers(), Optional.empty()));
            streams.add(stream);
            for (int j = 0; j < scenario.subscribers(); j++) {
                Tally subscriber = stream.addSubscriber();
                LoadClient client = open(
                        loop,
                        scenario.wayOfSubscribers(),
                        Optional.of(interest(destination, receiver(stream, subscriber))));
                if (scenario.has(Habit.STALL) && j == 0) {
                    stalls.add(new Stall(stream, subscriber, client));
                }
                if (scenario.has(Habit.READ_SLOWLY) && j == 0) {
                    slowReaders.add(new SlowReader(stream, subscriber, client));
                }
            }
        }
        long limit = System.nanoTime() + CONNECT_LIMIT.toNanos();
        while (opening > 0) {
            if (System.nanoTime() > limit) {
                throw new IllegalStateException(opening + " clients did not get their connection or subscription");
            }
            loop.turn(limit);
        }
        if (!server.endpoint().answersSubscribe()) {
            settle(loop);
        }
    }

    /** Gives the server the time to subscribe everybody, as it does not say when it has. */
    private static void settle(LoadLoop loop) throws IOException {
        long end = System.nanoTime() + SETTLING.toNanos();
        while (System.nanoTime() < end) {
            loop.turn(end);
        }
    }

    private LoadClient.Interest interest(String destination, LoadClient.Receiver receiver) {
        return new LoadClient.Interest(
                destination,
                scenario.has(Habit.ACKNOWLEDGE),
                scenario.has(Habit.OFFER_COMPRESSION),
                scenario.bodyOctets(),
                receiver);
    }

    /** Opens a connection, and makes room before if too many are opening. */
    private LoadClient open(LoadLoop loop, Way way, Optional<LoadClient.Interest> interest) throws IOException {
        long limit = System.nanoTime() + CONNECT_LIMIT.toNanos();
        while (opening >= Crowd.AT_A_TIME && System.nanoTime() < limit) {
            loop.turn(limit);
        }
        opening++;
        return loop.open(server.endpoint().by(way), interest, () -> opening--);
    }

    private LoadClient.Receiver receiver(LoadStream stream, Tally subscriber) {
        return (client, bytes, start, end) -> {
            for (SlowReader slow : slowReaders) {
                if (slow.takes(client, bytes, start, end)) {
                    return;
                }
            }
            long latency = stream.arrived(subscriber, bytes, end, System.nanoTime());
            if (measuring && latency >= 0) {
                measured++;
                latencies.add(latency);
            }
            if (scenario.has(Habit.ACKNOWLEDGE)) {
                client.acknowledge(bytes, start, end);
            }
        };
    }

    private void publish(LoadLoop loop, Duration length) throws IOException {
        long now = System.nanoTime();
        long end = now + length.toNanos();
        while (now < end) {
            long next = end;
            for (LoadStream stream : streams) {
                stream.publish(now);
                next = Math.min(next, stream.nextNanos());
            }
            loop.turn(next);
            now = System.nanoTime();
            for (Stall stall : stalls) {
                stall.look(now);
            }
            for (SlowReader slow : slowReaders) {
                slow.look(now);
            }
        }
    }

    /** Goes on until the server has closed what reads nothing. */
    private void awaitClosing(LoadLoop loop, Duration stalled) throws IOException {
        long limit = System.nanoTime() + STALL_LIMIT.minus(stalled).toNanos();
        while (System.nanoTime() < limit && stalls.stream().anyMatch(Stall::isOpen)) {
            publish(loop, Duration.ofMillis(20));
        }
    }

    private void drain(LoadLoop loop) throws IOException {
        long limit = System.nanoTime() + DRAIN_LIMIT.toNanos();
        while (System.nanoTime() < limit && !isComplete()) {
            loop.turn(limit);
        }
    }

    private boolean isComplete() {
        return streams.stream().allMatch(LoadStream::isComplete)
                && slowReaders.stream().allMatch(SlowReader::isComplete);
    }

    private void addFigures(Footprint before, Footprint after, long closed) {
        if (scenario.has(Habit.PAUSE_TO_WEIGH)) {
            figures.add(new Figure("memory grew by", (after.residentKib() - before.residentKib()) / 1024.0, "MiB"));
            if (after.heapKib() > 0) {
                figures.add(new Figure("heap grew by", (after.heapKib() - before.heapKib()) / 1024.0, "MiB"));
            }
            figures.add(new Figure("healthy ones closed", closed, ""));
            long latest =
                    streams.stream().mapToLong(LoadStream::latestNanos).max().orElse(0);
            figures.add(new Figure("load generator late by", latest / 1e6, "ms"));
        }
        if (scenario.has(Habit.ASK_FOR_RECEIPTS)) {
            long missing =
                    streams.stream().mapToLong(LoadStream::receiptsMissing).sum();
            figures.add(new Figure("receipts missing", missing, ""));
        }
        stalls.stream().flatMap(stall -> stall.closing().stream()).forEach(figures::add);
        slowReaders.stream().flatMap(slow -> slow.figures().stream()).forEach(figures::add);
    }

    private void addTraffic(LoadLoop loop, long octetsRead, double answersPerSecond) throws IOException {
        if (scenario.has(Habit.SEND_JSON) || isByHttp()) {
            figures.add(new Figure("octets for each", (double) octetsRead / Math.max(1, measured), ""));
        }
        if (isByHttp()) {
            figures.add(new Figure("requests a second", answersPerSecond, ""));
        }
        if (scenario.has(Habit.SEND_JSON)) {
            double mib = Footprint.of(server.process()).residentKib() / 1024.0;
            figures.add(new Figure("memory with " + loop.sockets() + " connections", mib, "MiB"));
        }
    }

    private boolean isByHttp() {
        return scenario.wayOfSubscribers().isHttp()
                || scenario.wayOfPublishers().isHttp();
    }

    /** What to say of a server that compresses nothing for those who offer it. */
    private String declined(LoadLoop loop) {
        return scenario.has(Habit.OFFER_COMPRESSION) && loop.compressed() == 0 ? "nothing was compressed" : "";
    }

    private Result result(long nanos, Duration cpu, String declined) {
        return new Result(
                scenario.id(),
                scenario.title(),
                Result.DELIVERIES,
                measured * 1e9 / nanos,
                cpu.toNanos() / 1e3 / Math.max(1, measured),
                latencies.millis(0.5),
                latencies.millis(0.99),
                streams.stream().mapToLong(LoadStream::lost).sum(),
                streams.stream().mapToLong(LoadStream::duplicated).sum(),
                streams.stream().mapToLong(LoadStream::outOfOrder).sum(),
                0,
                figures,
                stalls.stream().anyMatch(Stall::isOpen) ? "the stalled one was not closed" : declined);
    }
}
