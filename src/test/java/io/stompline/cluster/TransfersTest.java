package io.stompline.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.stompline.routing.Feed;
import io.stompline.routing.InMemoryBus;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TransfersTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String KIND = "TAKEN";
    private static final int OCTETS = 4 * Transfers.MOST_UNDER_WAY * Transfers.PART_BYTES + 1;

    private volatile Executor thread = Runnable::run;
    private final InMemoryBus bus = new InMemoryBus(() -> thread);
    private final NodeChannel from = new NodeChannel();
    private final NodeChannel to = new NodeChannel();
    private final Transfers sender = new Transfers(from, KIND, LIMIT);
    private final Transfers receiver = new Transfers(to, KIND, LIMIT);

    /** What the message broker has and the receiver has not taken. */
    private final BlockingQueue<Runnable> underWay = new LinkedBlockingQueue<>();

    private final byte[] octets = new byte[OCTETS];
    private Feed feed;

    @BeforeEach
    void join() {
        new Random(18).nextBytes(octets);
        sender.connect();
        from.join(bus, "from");
        to.join(bus, "to");
        await().atMost(LIMIT).until(() -> to.others().contains("from"));
    }

    @AfterEach
    void leave() {
        feed.close();
        from.close();
        to.close();
    }

    @Test
    void transfer_ofManyParts_arrivesWholeWithFewUnderWay() throws Exception {
        Received received = new Received();
        receive(OCTETS, received);
        CompletableFuture<Void> sent = sending(sender);
        while (!received.whole.isDone()) {
            await().atMost(LIMIT).until(() -> !underWay.isEmpty());
            assertThat(underWay.size()).isLessThanOrEqualTo(Transfers.MOST_UNDER_WAY);
            underWay.remove().run();
        }
        sent.join();
        assertThat(received.whole.join()).isEqualTo(octets);
        assertThat(received.parts).hasValue(4 * Transfers.MOST_UNDER_WAY);
    }

    @Test
    void transfer_receiverThatTakesNothing_isGivenUp() {
        Transfers impatient = new Transfers(from, "OTHERS", Duration.ofMillis(50));
        receive(OCTETS, new Received());
        assertThatThrownBy(() -> sending(impatient).get(LIMIT.toSeconds(), TimeUnit.SECONDS))
                .hasRootCauseInstanceOf(IOException.class)
                .hasMessageContaining("the other node has taken nothing for 50 ms, after 0 parts");
        assertThat(underWay).hasSize(Transfers.MOST_UNDER_WAY);
    }

    @Test
    void transfer_moreThanIsWanted_isNotTaken() {
        Received received = new Received();
        receive(3 * Transfers.PART_BYTES, received);
        CompletableFuture<Void> sent = sending(new Transfers(from, "OTHERS", Duration.ofMillis(50)));
        await().atMost(LIMIT).until(sent::isCompletedExceptionally);
        List.copyOf(underWay).forEach(Runnable::run);
        assertThat(received.parts).hasValue(3);
        assertThat(received.whole).isNotDone();
    }

    /** Takes a part when the test says so. */
    private void receive(long maxBytes, Received received) {
        thread = underWay::add;
        feed = receiver.receive("a1", maxBytes, received);
        thread = Runnable::run;
    }

    private CompletableFuture<Void> sending(Transfers by) {
        return CompletableFuture.runAsync(() -> {
            try (Transfers.Outgoing out = by.send("a1")) {
                // In cuts that are no multiple of a part, and one octet by itself.
                out.write(octets, 0, 100_000);
                out.write(octets[100_000]);
                out.write(octets, 100_001, OCTETS - 100_001);
                out.end();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static final class Received implements Transfers.Receiver {
        private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
        private final AtomicInteger parts = new AtomicInteger();

        @Override
        public void goesOn() {
            parts.incrementAndGet();
        }

        @Override
        public void all(InputStream octets) {
            try {
                whole.complete(octets.readAllBytes());
            } catch (IOException e) {
                whole.completeExceptionally(e);
            }
        }
    }
}
