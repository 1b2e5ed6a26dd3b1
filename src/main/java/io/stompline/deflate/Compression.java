package io.stompline.deflate;

import io.stompline.frame.DeflatedTail;
import io.stompline.frame.Deflation;
import io.stompline.frame.Headers;
import io.stompline.metrics.Counter;
import io.stompline.metrics.Meter;
import io.stompline.metrics.Metrics;
import java.util.Optional;

/** The compression of a node: what it deflates, with what it inflates, and what that saves. Thread-safe. */
public final class Compression implements Deflation, AutoCloseable {
    private final boolean on;
    private final CompressibleMessages messages;
    private final Deflaters deflaters = new Deflaters();
    private final Inflaters inflaters = new Inflaters();
    private final Counter deflated;
    private final Counter bytesSaved;

    /** As the settings say; holds no native memory before it is used. */
    public Compression(CompressionSettings settings, Metrics metrics) {
        this.on = settings.on();
        this.messages = new CompressibleMessages(settings.userDestinations());
        this.deflated = metrics.counter(Meter.MESSAGES_DEFLATED);
        this.bytesSaved = metrics.counter(Meter.COMPRESSION_BYTES_SAVED);
    }

    /** Whether clients that offer compression get it. */
    public boolean isOn() {
        return on;
    }

    /** Inflates what clients send. */
    public Inflaters inflaters() {
        return inflaters;
    }

    @Override
    public DeflatedTail of(String destination, Headers headers, byte[] tail) {
        return messages.has(destination, headers, tail.length)
                ? new DeflatedTail(() -> deflate(tail))
                : DeflatedTail.NONE;
    }

    private Optional<byte[]> deflate(byte[] tail) {
        Optional<byte[]> blocks = deflaters.deflate(tail);
        blocks.ifPresent(some -> deflated.increment());
        return blocks;
    }

    /** Counts octets that need not be written because what was written is deflated. */
    public void countSaved(long octets) {
        bytesSaved.add(octets);
    }

    /** Gives back native memory; what is still used is given back afterwards. */
    @Override
    public void close() {
        deflaters.close();
        inflaters.close();
    }
}
