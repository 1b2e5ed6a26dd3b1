package io.stompline.websocket.tyrus;

import io.stompline.bounds.OnceLog;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/** The listeners of the server that have a {@link HeaderDeadline}. Thread-safe. */
final class WatchedListeners {
    private static final System.Logger LOG = System.getLogger(WatchedListeners.class.getName());
    private static final String SLOW = "a client has sent an HTTP header for " + HeaderDeadline.LIMIT.toSeconds()
            + " s without an end: its connection is closed; further ones are counted and not logged for a minute";

    private final AdaptationReport report;
    private final LongSupplier nanoClock;
    private final OnceLog log = new OnceLog(LOG, Duration.ofMinutes(1), System::nanoTime);
    private final Map<Object, Watch> ofChains = new ConcurrentHashMap<>();
    private volatile Runnable counter = () -> {};
    private boolean closed;

    /** The deadline of one listener, and what ends it. */
    private record Watch(HeaderDeadline deadline, AutoCloseable end) {}

    WatchedListeners(AdaptationReport report, LongSupplier nanoClock) {
        this.report = report;
        this.nanoClock = nanoClock;
    }

    /** Has each connection that is closed counted. */
    void count(Runnable each) {
        counter = each;
    }

    /**
     * Watches the listener of a connection that is in its handshake from now on. The header of that one is whole, and
     * may have been before the watch began: else its first messages would look like a header that never ends.
     */
    void add(GrizzlySocket socket, BiConsumer<Duration, Runnable> timer) throws ReflectiveOperationException {
        Object connection = socket.connection();
        Object chain = HeaderDeadline.chain(connection);
        watch(chain, connection, timer);
        Watch watch = ofChains.get(chain);
        if (watch != null) {
            watch.deadline().isWhole(connection);
        }
    }

    private void watch(Object chain, Object connection, BiConsumer<Duration, Runnable> timer)
            throws ReflectiveOperationException {
        if (ofChains.containsKey(chain)) {
            return;
        }
        synchronized (this) {
            if (!closed && !ofChains.containsKey(chain)) {
                HeaderDeadline deadline = new HeaderDeadline(
                        connection.getClass(),
                        timer,
                        nanoClock,
                        this::close,
                        fault -> report.missing(Adaptation.HEADER_DEADLINE, fault.toString()));
                ofChains.put(chain, new Watch(deadline, deadline.watch(chain)));
            }
        }
    }

    private void close(Object connection) {
        counter.run();
        log.log(Level.WARNING, SLOW, SLOW);
        report.attempt(Adaptation.SOCKET_ABORT, () -> SocketAbort.apply(connection));
    }

    /** Leaves the server as it was, for good: its listeners outlive the application. */
    synchronized void removeAll() {
        closed = true;
        ofChains.values().forEach(WatchedListeners::closeQuietly);
        ofChains.clear();
    }

    private static void closeQuietly(Watch watch) {
        try {
            watch.end().close();
        } catch (Exception e) {
            LOG.log(Level.WARNING, "a listener of the server is still watched", e);
        }
    }
}
