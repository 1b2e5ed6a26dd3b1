package io.stompline.bench;

import io.stompline.frame.Frame;
import io.stompline.frame.FrameDecoder;
import io.stompline.frame.FrameLimits;
import io.stompline.frame.MalformedFrameException;
import io.stompline.frame.Version;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** What it costs to read a frame that a client sent. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DecoderBenchmark {
    private static final FrameLimits LIMITS = new FrameLimits(
            65_536, 64, 8_192, 16_384, new FrameLimits.Names("frame", "headers", "header-line", "all-headers"));

    private final FrameDecoder decoder = decoder();
    private final byte[] small = send(100);
    private final byte[] large = send(16_384);
    private final byte[] ack = "ACK\nid:1-4711\n\n\0".getBytes(StandardCharsets.US_ASCII);

    /** A SEND with a body of 100 octets. */
    @Benchmark
    public void sendOf100Octets(Blackhole taken) throws MalformedFrameException {
        decoder.decode(ByteBuffer.wrap(small), new Taking(taken));
    }

    /** A SEND with a body of 16 KiB. */
    @Benchmark
    public void sendOf16Kibibytes(Blackhole taken) throws MalformedFrameException {
        decoder.decode(ByteBuffer.wrap(large), new Taking(taken));
    }

    /** A SEND of 100 octets that comes in two halves. */
    @Benchmark
    public void sendInTwoChunks(Blackhole taken) throws MalformedFrameException {
        int half = small.length / 2;
        FrameDecoder.Sink sink = new Taking(taken);
        decoder.decode(ByteBuffer.wrap(small, 0, half), sink);
        decoder.decode(ByteBuffer.wrap(small, half, small.length - half), sink);
    }

    /** An ACK. */
    @Benchmark
    public void ack(Blackhole taken) throws MalformedFrameException {
        decoder.decode(ByteBuffer.wrap(ack), new Taking(taken));
    }

    private static FrameDecoder decoder() {
        FrameDecoder decoder = new FrameDecoder(LIMITS);
        decoder.use(Version.V1_2, LIMITS);
        return decoder;
    }

    private static byte[] send(int bodyOctets) {
        String head = "SEND\ndestination:/topic/news/sport\ncontent-type:text/plain\ncontent-length:" + bodyOctets;
        return (head + "\n\n" + "x".repeat(bodyOctets) + "\0").getBytes(StandardCharsets.US_ASCII);
    }

    private record Taking(Blackhole taken) implements FrameDecoder.Sink {
        @Override
        public void frame(Frame frame) {
            taken.consume(frame);
        }

        @Override
        public void heartBeat() {
            throw new IllegalStateException("a heart-beat that nobody sent");
        }
    }
}
