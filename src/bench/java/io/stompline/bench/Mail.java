package io.stompline.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.IntFunction;

/** One message to each of many topics, and which of them arrived. One thread at a time. */
final class Mail {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Tally arrived = new Tally();
    private final Latencies latencies = new Latencies();
    private int count;

    /** The message to the topic with this number is here. */
    void arrived(int number) {
        arrived.tick(number);
    }

    /** Sends to the first so many topics, to each when the one before has its message or after long enough. */
    void send(LoadLoop loop, int topics, IntFunction<String> names) throws IOException {
        count = topics;
        boolean[] ready = {false};
        LoadClient publisher = loop.open(Optional.empty(), () -> ready[0] = true);
        long limit = System.nanoTime() + LIMIT.toNanos();
        while (!ready[0] && System.nanoTime() < limit) {
            loop.turn(limit);
        }
        for (int i = 0; i < topics; i++) {
            String frame = "SEND\ndestination:" + names.apply(i) + "\ncontent-type:text/plain\n\nfor you\0";
            long begin = System.nanoTime();
            publisher.send(frame.getBytes(StandardCharsets.US_ASCII));
            while (!arrived.has(i) && System.nanoTime() < limit) {
                loop.turn(limit);
            }
            latencies.add(System.nanoTime() - begin);
        }
    }

    /** How long that share of the messages took at most. */
    double millis(double share) {
        return latencies.millis(share);
    }

    long lost() {
        return arrived.missing(count);
    }

    long duplicated() {
        return arrived.duplicated();
    }
}
