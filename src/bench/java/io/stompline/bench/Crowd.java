package io.stompline.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.IntFunction;

/** Connections that are opened one after the other, each with a subscription, and stay. One thread at a time. */
final class Crowd {
    /** How many connections are being opened at a time. */
    static final int AT_A_TIME = 64;

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final LoadLoop loop;
    private final IntFunction<LoadClient.Interest> interests;
    private int opened;
    private int ready;

    /**
     * Nobody yet.
     *
     * @param interests what a connection subscribes to, by its number
     */
    Crowd(LoadLoop loop, IntFunction<LoadClient.Interest> interests) {
        this.loop = loop;
        this.interests = interests;
    }

    /** Opens connections until there are so many. */
    void grow(int all, Latencies times) throws IOException {
        long limit = System.nanoTime() + LIMIT.toNanos();
        while (ready < all) {
            while (opened < all && opened - ready < AT_A_TIME) {
                openOne(times);
            }
            if (System.nanoTime() > limit) {
                throw new IllegalStateException("only " + ready + " of " + all + " connections within " + LIMIT);
            }
            loop.turn(limit);
        }
    }

    private void openOne(Latencies times) throws IOException {
        long begin = System.nanoTime();
        loop.open(Optional.of(interests.apply(opened)), () -> {
            ready++;
            times.add(System.nanoTime() - begin);
        });
        opened++;
    }
}
