package io.stompline.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.LongStream;

/** Connections that are opened one after the other, each with a subscription, and stay. One thread at a time. */
final class Crowd {
    /** How many connections are being opened at a time. */
    static final int AT_A_TIME = 64;

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final LoadLoop loop;
    private final IntFunction<LoadClient.Interest> interests;
    private final List<LoadClient> clients = new ArrayList<>();
    private final Metronome metronome;
    private int ready;

    /**
     * Nobody yet.
     *
     * @param heartBeats what the connections promise to send, zero for nothing
     * @param interests what a connection subscribes to, by its number
     */
    Crowd(LoadLoop loop, Duration heartBeats, IntFunction<LoadClient.Interest> interests) {
        this.loop = loop;
        this.interests = interests;
        this.metronome = new Metronome(heartBeats, clients);
    }

    /** Opens connections until there are so many. */
    void grow(int all, Latencies times) throws IOException {
        long limit = System.nanoTime() + LIMIT.toNanos();
        while (ready < all) {
            while (clients.size() < all && clients.size() - ready < AT_A_TIME) {
                openOne(times);
            }
            if (System.nanoTime() > limit) {
                throw new IllegalStateException("only " + ready + " of " + all + " connections within " + LIMIT);
            }
            turn(limit);
        }
    }

    /** Does nothing but what keeps the connections. */
    void stay(Duration length) throws IOException {
        long end = System.nanoTime() + length.toNanos();
        while (System.nanoTime() < end) {
            turn(end);
        }
    }

    /** For how long each connection, of those that are still open, has heard nothing at the longest. */
    LongStream silencesNanos() {
        long now = System.nanoTime();
        return clients.stream()
                .map(LoadClient::way)
                .filter(LoadWay::isOpen)
                .mapToLong(way -> way.longestSilenceNanos(now));
    }

    private void openOne(Latencies times) throws IOException {
        long begin = System.nanoTime();
        clients.add(loop.open(Optional.of(interests.apply(clients.size())), () -> {
            ready++;
            times.add(System.nanoTime() - begin);
        }));
    }

    private void turn(long untilNanos) throws IOException {
        metronome.beat(System.nanoTime());
        loop.turn(Math.min(untilNanos, metronome.nextNanos()));
    }
}
