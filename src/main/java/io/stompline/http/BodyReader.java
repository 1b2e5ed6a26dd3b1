package io.stompline.http;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;

/**
 * Reads the body of one request, up to a limit, without a thread that waits (Jakarta Servlet 6.0, 3.7). Called by one
 * thread of the container at a time, and by any thread when the time is over: from then on nothing is read, since the
 * container may have given the request to another client.
 */
final class BodyReader implements ReadListener {
    /** Who asked for the body; one of its methods is called, once. */
    interface Reader {
        /** All of it has come. */
        void read(ByteBuffer body);

        /** It is larger than the limit. */
        void tooLarge();

        /** It does not come any more. */
        void broken();
    }

    private static final int CHUNK = 8 * 1024;

    /** A body that stands still for so long, or twice as long, is broken: its line may have died without a word. */
    static final Duration SILENCE = Duration.ofSeconds(10);

    private final ServletInputStream input;
    private final int maxBytes;
    private final Reader reader;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream(0);
    private final AtomicBoolean told = new AtomicBoolean();
    private int known;

    private BodyReader(ServletInputStream input, int maxBytes, Reader reader) {
        this.input = input;
        this.maxBytes = maxBytes;
        this.reader = reader;
    }

    /**
     * The body of a request, if all of it came with the header, as most do.
     *
     * @return empty if it did not, has no length, or the client is gone, as whoever reads on is told
     */
    static Optional<ByteBuffer> whole(HttpServletRequest request) {
        try {
            ServletInputStream input = request.getInputStream();
            int length = request.getContentLength();
            return length >= 0 && input.available() >= length
                    ? Optional.of(ByteBuffer.wrap(input.readNBytes(length)))
                    : Optional.empty();
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    /**
     * Reads the body of a request: now, if it is {@link #whole}.
     *
     * @param maxBytes the limit, of which the caller knows that the header does not exceed it
     * @param later runs a task after that time
     * @return to be run when the time for the body is over
     */
    static Runnable read(
            HttpServletRequest request, int maxBytes, BiConsumer<Duration, Runnable> later, Reader reader) {
        try {
            Optional<ByteBuffer> whole = whole(request);
            if (whole.isEmpty()) {
                ServletInputStream input = request.getInputStream();
                BodyReader body = new BodyReader(input, maxBytes, reader);
                input.setReadListener(body);
                later.accept(SILENCE, () -> body.endSilence(later));
                return body::expire;
            }
            // Nobody calls back then: Payara (seen in 6.2025.10) now and then does so when the request has ended.
            reader.read(whole.get());
        } catch (IOException gone) {
            reader.broken();
        }
        return () -> {};
    }

    /** Expires if nothing has come since it was last called; else looks again. */
    private void endSilence(BiConsumer<Duration, Runnable> later) {
        boolean silent;
        synchronized (this) {
            silent = body.size() == known;
            known = body.size();
        }
        if (silent) {
            expire();
        } else if (!told.get()) {
            later.accept(SILENCE, () -> endSilence(later));
        }
    }

    private void expire() {
        boolean first;
        synchronized (this) {
            first = claim();
        }
        if (first) {
            reader.broken();
        }
    }

    @Override
    public void onDataAvailable() throws IOException {
        if (isTooLarge()) {
            reader.tooLarge();
        }
    }

    /** Reads what is there, without a wait. Whether it is the first to know that this is too much. */
    private synchronized boolean isTooLarge() throws IOException {
        byte[] chunk = new byte[CHUNK];
        while (!told.get() && input.isReady()) {
            int read = input.read(chunk);
            if (read < 0) {
                break;
            }
            if (body.size() + read > maxBytes) {
                return claim();
            }
            body.write(chunk, 0, read);
        }
        return false;
    }

    @Override
    public void onAllDataRead() {
        if (claim()) {
            reader.read(ByteBuffer.wrap(body.toByteArray()));
        }
    }

    @Override
    public void onError(Throwable problem) {
        if (claim()) {
            reader.broken();
        }
    }

    /** True for the first who has something to tell. */
    private boolean claim() {
        return told.compareAndSet(false, true);
    }
}
