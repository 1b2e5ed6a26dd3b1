package io.stompline.session;

import io.stompline.frame.Command;
import io.stompline.frame.Frame;
import io.stompline.frame.FrameDecoder;
import io.stompline.frame.FrameLimits;
import io.stompline.frame.MalformedFrameException;
import io.stompline.frame.Version;
import io.stompline.session.outbox.Wire;
import io.stompline.session.outbox.WireMessage;
import io.stompline.session.protocol.CloseStatus;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * A transport that keeps what is sent and decodes it as a client would. It takes everything at once until told to hold.
 * Thread-safe.
 */
final class FakeWire implements Wire {
    private static final FrameLimits LIMITS =
            new FrameLimits(10_000_000, 1_000, 100_000, 1_000_000, Rules.FRAMES.names());

    /** One message of the transport. */
    record Sent(int size, boolean text) {}

    private final FrameDecoder decoder = new FrameDecoder(LIMITS);
    private final List<Sent> messages = new ArrayList<>();
    private final List<Frame> frames = new ArrayList<>();
    private final Queue<Consumer<Boolean>> underWay = new ArrayDeque<>();
    private final List<String> closed = new ArrayList<>();
    private boolean holding;
    private boolean pingsFail;
    private int heartBeats;
    private int pings;

    @Override
    public void send(List<WireMessage> sent, Consumer<Boolean> done) {
        synchronized (this) {
            for (WireMessage message : sent) {
                messages.add(new Sent(message.size(), message.isText()));
                decode(message.toBytes());
            }
            if (holding) {
                underWay.add(done);
                return;
            }
        }
        done.accept(true);
    }

    /** Takes what is sent from now on only by {@link #take()}. */
    synchronized void hold() {
        holding = true;
    }

    /** Takes what is under way and everything from now on. */
    void release() {
        Queue<Consumer<Boolean>> taken;
        synchronized (this) {
            holding = false;
            taken = new ArrayDeque<>(underWay);
            underWay.clear();
        }
        taken.forEach(done -> done.accept(true));
    }

    /** Takes one message. */
    void take() {
        next().accept(true);
    }

    /** Whether nothing is under way. */
    synchronized boolean isIdle() {
        return underWay.isEmpty();
    }

    /** Breaks over one message. */
    void refuse() {
        next().accept(false);
    }

    private synchronized Consumer<Boolean> next() {
        return underWay.remove();
    }

    /** Fails at every ping from now on, as no wire should. */
    synchronized void breakPings() {
        pingsFail = true;
    }

    @Override
    public synchronized void ping() {
        pings++;
        if (pingsFail) {
            throw new IllegalStateException("no pings here");
        }
    }

    @Override
    public synchronized void close(CloseStatus status, String reason) {
        closed.add(status + " " + reason);
    }

    synchronized List<Frame> frames() {
        return List.copyOf(frames);
    }

    synchronized List<Sent> messages() {
        return List.copyOf(messages);
    }

    /** Status and reason of every close. */
    synchronized List<String> closed() {
        return List.copyOf(closed);
    }

    synchronized int heartBeats() {
        return heartBeats;
    }

    synchronized int pings() {
        return pings;
    }

    private void decode(byte[] bytes) {
        try {
            decoder.decode(ByteBuffer.wrap(bytes), new FrameDecoder.Sink() {
                @Override
                public void frame(Frame frame) {
                    if (frame.command() == Command.CONNECTED) {
                        Version version = Version.ofNumber(
                                        frame.header("version").orElseThrow())
                                .orElseThrow();
                        decoder.use(version, LIMITS);
                    }
                    frames.add(frame);
                }

                @Override
                public void heartBeat() {
                    heartBeats++;
                }
            });
        } catch (MalformedFrameException e) {
            throw new AssertionError("the server sent what no client can read", e);
        }
    }
}
