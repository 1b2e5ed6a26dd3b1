package io.stompline.bench;

import io.stompline.frame.Body;
import io.stompline.frame.Deflation;
import io.stompline.frame.Headers;
import io.stompline.frame.Version;
import io.stompline.routing.Audience;
import io.stompline.routing.Destination;
import io.stompline.routing.Message;
import io.stompline.routing.hub.Broadcast;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** What it costs to make the frames of one message for all its receivers. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class BroadcastBenchmark {
    private static final Version VERSION = Version.V1_2;

    @Param({"1", "1000"})
    private int receivers;

    private final Message message = new Message(
            Destination.topic("news/sport"),
            Headers.of("content-type", "text/plain"),
            Body.utf8("x".repeat(100)),
            "session",
            Audience.EVERYBODY,
            "ID:4711");
    private final byte[] sharedHead = Broadcast.head(Headers.of("subscription", "sub-0"), VERSION);

    /** To subscriptions that acknowledge nothing: their beginning of the frame is made once for all messages. */
    @Benchmark
    public void withTheMessagesOwnId(Blackhole outboxes) {
        Broadcast broadcast = new Broadcast(message);
        for (int i = 0; i < receivers; i++) {
            outboxes.consume(broadcast.frame(VERSION, sharedHead, Deflation.NONE));
        }
    }

    /** To subscriptions that acknowledge: each message has an id of their own. */
    @Benchmark
    public void withIdsOfTheReceivers(Blackhole outboxes) {
        Broadcast broadcast = new Broadcast(message);
        for (int i = 0; i < receivers; i++) {
            String id = "1-" + i;
            Headers own = Headers.of("subscription", "sub-0", "message-id", id, "ack", id);
            outboxes.consume(broadcast.frame(VERSION, own, Deflation.NONE));
        }
    }
}
