package io.stompline.session.outbox;

import io.stompline.frame.Body;
import io.stompline.frame.Command;
import io.stompline.frame.EncodedFrame;
import io.stompline.frame.Frame;
import io.stompline.frame.FrameEncoder;
import io.stompline.frame.Headers;
import io.stompline.frame.Version;
import io.stompline.metrics.Metrics;
import io.stompline.session.protocol.CloseStatus;
import io.stompline.session.protocol.OverflowPolicy;
import io.stompline.session.protocol.SessionLimits;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** What the outbox of one connection adds to each frame, on a socket that takes everything at once. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class OutboxBenchmark {
    private static final int BURST = 100;

    private final EncodedFrame frame = FrameEncoder.encode(
            new Frame(Command.MESSAGE, Headers.of("destination", "/topic/news"), Body.utf8("x".repeat(100))),
            Version.V1_2);

    private Outbox outbox;

    /** What the outbox asked its writer for and the writer has not done yet. */
    private Runnable asked;

    /** An outbox whose writer is the benchmark. */
    @Setup
    public void open(Blackhole socket) {
        outbox = new Outbox(
                new EagerWire(socket),
                task -> asked = task,
                new OutboxBudget(Integer.MAX_VALUE),
                new SessionLimits.OutboxLimits(524_288, 8_192, false, Duration.ofSeconds(10)),
                reason -> {
                    throw new IllegalStateException(reason);
                },
                new Metrics(),
                System::nanoTime);
    }

    /** A frame that nothing waits before: one message of the transport. */
    @Benchmark
    public void loneFrame() {
        outbox.offer(frame, OverflowPolicy.CLOSE);
        asked.run();
    }

    /** One of a hundred frames that wait together. */
    @Benchmark
    @OperationsPerInvocation(BURST)
    public void frameInABurst() {
        for (int i = 0; i < BURST; i++) {
            outbox.offer(frame, OverflowPolicy.CLOSE);
        }
        asked.run();
    }

    private record EagerWire(Blackhole socket) implements Wire {
        @Override
        public void send(List<WireMessage> messages, Consumer<Boolean> done) {
            messages.forEach(message -> socket.consume(message.toBytes()));
            done.accept(true);
        }

        @Override
        public void ping() {
            throw new IllegalStateException("nobody is silent here");
        }

        @Override
        public void close(CloseStatus status, String reason) {
            throw new IllegalStateException("closed: " + status + " " + reason);
        }
    }
}
