package io.stompline.http;

import io.stompline.websocket.tyrus.ServerAdaptations;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * One request whose answer comes later, written without a thread that waits (Jakarta Servlet 6.0, 2.3.3.3 and 5.7).
 *
 * <p>Thread-safe; no method blocks. One thread at a time uses the response: the one that finds no other at it. When the
 * exchange has ended nobody touches request and response any more, for the container may have given them to another
 * one.
 */
final class Exchange implements WriteListener, AsyncListener {
    private static final System.Logger LOG = System.getLogger(Exchange.class.getName());

    /** How long the client may take to read the end of the answer. */
    private static final Duration LAST_OCTETS = Duration.ofSeconds(10);

    /** After this time the thread of the container that took the request has left it. */
    private static final Duration REQUEST_TAKEN = Duration.ofSeconds(1);

    /**
     * Octets of the answer.
     *
     * @param taken told whether the container took them
     */
    private record Part(ByteBuffer octets, Consumer<Boolean> taken) {}

    private final AsyncContext context;
    private final HttpServletResponse response;
    private final ServerAdaptations.AnswerSocket socket;
    private final BiConsumer<Duration, Runnable> later;

    private final AtomicBoolean answered = new AtomicBoolean();
    private final Queue<Part> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger turns = new AtomicInteger();
    private volatile Runnable broken = () -> {};
    private volatile Runnable late = () -> {};

    /** Whether {@link #output} is there. */
    private volatile boolean begun;

    /** Whether nothing is added any more. */
    private volatile boolean whole;

    private volatile boolean failed;
    private volatile boolean ended;

    /** Set by {@link #begin}, before the first turn. */
    private ServletOutputStream output;

    // Used by the thread whose turn it is.
    private Optional<Part> underWay = Optional.empty();
    private boolean unflushed;

    private Exchange(
            AsyncContext context,
            HttpServletResponse response,
            ServerAdaptations.AnswerSocket socket,
            BiConsumer<Duration, Runnable> later) {
        this.context = context;
        this.response = response;
        this.socket = socket;
        this.later = later;
    }

    /**
     * Takes a request from its servlet.
     *
     * @param limit for the whole exchange; zero for none, see {@link #onLate}
     * @param socket of the request
     * @param later runs a task after that time
     */
    static Exchange start(
            HttpServletRequest request,
            HttpServletResponse response,
            Duration limit,
            ServerAdaptations.AnswerSocket socket,
            BiConsumer<Duration, Runnable> later) {
        AsyncContext context = request.startAsync(request, response);
        Exchange exchange = new Exchange(context, response, socket, later);
        context.setTimeout(limit.toMillis());
        context.addListener(exchange);
        return exchange;
    }

    /** Has a task run when the time for the whole exchange is over. */
    void onLate(Runnable task) {
        late = task;
    }

    /** Has a task run when the client breaks off; before {@link #begin}. */
    void onBroken(Runnable task) {
        broken = task;
    }

    /** Whether the answer has not begun; true for the first who asks, and nobody after. */
    boolean claim() {
        return answered.compareAndSet(false, true);
    }

    /** Answers, unless another answer has begun. */
    void answer(Answer answer) {
        if (claim()) {
            answerClaimed(answer);
        }
    }

    /** Answers what was claimed. */
    void answerClaimed(Answer answer) {
        begin(answer::begin);
    }

    /** Answers a poll that was claimed, with events or with none. */
    void answerEvents(byte[] events, Consumer<Boolean> taken) {
        write(events, taken);
        begin(response -> {
            beginEvents(response);
            response.setContentLength(events.length);
            return new byte[0];
        });
    }

    /**
     * Begins an answer that was claimed, the last one of its socket, and goes on until {@link #end}; what was written
     * before is in it.
     */
    void stream(Map<String, String> headers) {
        if (ended) {
            return;
        }
        try {
            beginEvents(response);
            response.setHeader("Connection", "close");
            headers.forEach(response::setHeader);
            startWriting();
            later.accept(REQUEST_TAKEN, this::noticeEnd);
        } catch (IOException | RuntimeException gone) {
            fail(gone);
        }
    }

    private static void beginEvents(HttpServletResponse response) {
        response.setStatus(HttpServletResponse.SC_OK);
        response.setContentType("text/event-stream");
        response.setHeader("Cache-Control", "no-store, no-transform");
        response.setHeader("X-Content-Type-Options", "nosniff");
    }

    private void noticeEnd() {
        if (!ended) {
            socket.noticeEnd(() -> fail(new IOException("the client has closed the socket")));
        }
    }

    private interface Head {
        /** Sets status and headers; returns what is written then. */
        byte[] begin(HttpServletResponse response);
    }

    private void begin(Head head) {
        if (ended) {
            dropWaiting();
            return;
        }
        try {
            byte[] body = head.begin(response);
            // Else Payara 6.2025.10 now and then keeps such an answer, or the request behind it, until it closes the
            // socket after 30 s: 4 of the first 60 after a start, 12 of 5,000 later.
            response.setHeader("Connection", "close");
            if (body.length > 0) {
                write(body, taken -> {});
            }
            startWriting();
        } catch (IOException | RuntimeException gone) {
            fail(gone);
        }
        end();
    }

    private void startWriting() throws IOException {
        output = response.getOutputStream();
        output.setWriteListener(this);
        begun = true;
        takeTurn();
    }

    /**
     * Adds octets to the answer.
     *
     * @param taken called once, on any thread: whether the container took them and has room for more
     */
    void write(byte[] octets, Consumer<Boolean> taken) {
        waiting.add(new Part(ByteBuffer.wrap(octets), taken));
        takeTurn();
    }

    /** Nothing is added any more. The client has 10 s to read what there is, or its socket is closed. */
    void end() {
        whole = true;
        takeTurn();
        if (!ended) {
            later.accept(LAST_OCTETS, this::abort);
        }
    }

    private void abort() {
        if (!ended) {
            socket.abort();
            failed = true;
            takeTurn();
        }
    }

    /** Writes what can be written, unless another thread does, which then goes on. */
    private void takeTurn() {
        if ((!begun && !failed) || turns.getAndIncrement() > 0) {
            return;
        }
        int seen = 1;
        while (seen > 0) {
            goOn();
            seen = turns.addAndGet(-seen);
        }
    }

    private void goOn() {
        try {
            boolean more = !failed;
            while (more && !ended) {
                more = output.isReady() && step();
            }
        } catch (IOException | RuntimeException gone) {
            LOG.log(System.Logger.Level.DEBUG, "the client has gone", gone);
            failed = true;
        }
        if (failed && !ended) {
            giveUp();
        }
        if (ended) {
            dropWaiting();
        }
    }

    /** The container is ready. Whether there may be more to do. */
    private boolean step() throws IOException {
        boolean nothingFollows = whole;
        if (unflushed) {
            unflushed = false;
            output.flush();
        } else if (underWay.isPresent()) {
            Part taken = underWay.get();
            underWay = Optional.empty();
            taken.taken().accept(true);
        } else if (!waiting.isEmpty()) {
            Part next = waiting.remove();
            underWay = Optional.of(next);
            unflushed = true;
            output.write(next.octets().array());
        } else if (nothingFollows) {
            ended = true;
            complete();
        } else {
            return false;
        }
        return true;
    }

    private void giveUp() {
        ended = true;
        answered.set(true);
        underWay.ifPresent(part -> part.taken().accept(false));
        underWay = Optional.empty();
        broken.run();
        complete();
    }

    /**
     * On a thread of the container: in the same call it may carry out the next request of the socket (seen in Payara
     * 6.2025.10), while ours may be one on which all connections depend.
     */
    private void complete() {
        try {
            context.start(this::completeNow);
        } catch (IllegalStateException completed) {
            LOG.log(System.Logger.Level.DEBUG, "the container has ended the exchange", completed);
        }
    }

    private void completeNow() {
        try {
            context.complete();
        } catch (IllegalStateException completed) {
            LOG.log(System.Logger.Level.DEBUG, "the container has ended the exchange", completed);
        }
    }

    private void dropWaiting() {
        for (Part part = waiting.poll(); part != null; part = waiting.poll()) {
            part.taken().accept(false);
        }
    }

    private void fail(Throwable why) {
        LOG.log(System.Logger.Level.DEBUG, "the client has gone", why);
        failed = true;
        takeTurn();
    }

    @Override
    public void onWritePossible() {
        takeTurn();
    }

    /** Also the error of a write that was not waited for. */
    @Override
    public void onError(Throwable problem) {
        fail(problem);
    }

    @Override
    public void onError(AsyncEvent event) {
        fail(event.getThrowable() == null ? new IOException("the client has gone") : event.getThrowable());
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        late.run();
    }

    @Override
    public void onComplete(AsyncEvent event) {
        if (!ended) {
            fail(new IOException("the container has ended the exchange"));
        }
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // Nobody dispatches the request once more.
    }
}
