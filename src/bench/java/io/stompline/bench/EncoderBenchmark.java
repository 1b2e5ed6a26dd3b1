package io.stompline.bench;

import io.stompline.frame.Body;
import io.stompline.frame.Command;
import io.stompline.frame.EncodedFrame;
import io.stompline.frame.Frame;
import io.stompline.frame.FrameEncoder;
import io.stompline.frame.Headers;
import io.stompline.frame.Version;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What it costs to write a frame that nobody shares. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EncoderBenchmark {
    private final Frame message = new Frame(
            Command.MESSAGE,
            Headers.of(
                    "subscription", "sub-0",
                    "message-id", "ID:4711",
                    "destination", "/topic/news/sport",
                    "content-type", "text/plain"),
            Body.utf8("x".repeat(100)));
    private final Frame receipt = Frame.of(Command.RECEIPT, Headers.of("receipt-id", "message-4711"));

    /** A MESSAGE with a body of 100 octets and a value to be escaped. */
    @Benchmark
    public EncodedFrame messageOf100Octets() {
        return FrameEncoder.encode(message, Version.V1_2);
    }

    /** A RECEIPT. */
    @Benchmark
    public EncodedFrame receipt() {
        return FrameEncoder.encode(receipt, Version.V1_2);
    }
}
