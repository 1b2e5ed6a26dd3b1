package io.stompline.jms.link;

import io.stompline.bounds.OnceLog;
import io.stompline.config.Setting;
import jakarta.jms.JMSException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;

/**
 * Keeps us connected: opens a {@link BrokerLink}, sees it lost, opens the next. One attempt at a time, in one thread.
 * Thread-safe.
 */
public final class JmsConnections implements AutoCloseable {
    private static final Logger LOG = System.getLogger(JmsConnections.class.getName());

    /**
     * How often feeds that could not be reopened are tried again, and the others listen again, while the link is up.
     */
    private static final Duration UPKEEP = Duration.ofSeconds(1);

    /** How often the log says that the message broker is away, while it is. */
    private static final Duration DOWN_REPEAT = Duration.ofSeconds(30);

    /**
     * A class that was once not found is never found by the same application. Later ones may be missing because this
     * process may open no more files.
     */
    private static final String NO_CLIENT =
            "Stompline cannot reach a message broker: its client is not on this server. For OpenMQ"
                    + " deploy its resource adapter (imqjmsra.rar) before the application, or name a connection"
                    + " factory of the server with " + Setting.JMS_CONNECTION_FACTORY.key()
                    + "; then deploy the application again";

    /** Opens connections. */
    @FunctionalInterface
    public interface Opener {
        BrokerLink open(long number) throws JMSException;
    }

    /** Opens what belongs on a link that is up; called when a link is new and now and then. */
    @FunctionalInterface
    public interface Upkeep {
        void on(BrokerLink link);
    }

    private final Opener opener;
    private final Upkeep upkeep;
    private final BackOff backOff;
    private final CurrentLink current;
    private final Runnable onReconnect;
    private final ThreadFactory threads;
    private final OnceLog downLog = new OnceLog(LOG, DOWN_REPEAT, System::nanoTime);
    private final Thread runner;
    private long number;
    private boolean wasConnected;

    /**
     * Not connected yet; {@link #start} begins.
     *
     * @param current where the link is entered, for those who use it
     * @param onReconnect called after every link but the first
     */
    public JmsConnections(
            Opener opener,
            Upkeep upkeep,
            BackOff backOff,
            CurrentLink current,
            Runnable onReconnect,
            ThreadFactory threads) {
        this.opener = opener;
        this.upkeep = upkeep;
        this.backOff = backOff;
        this.current = current;
        this.onReconnect = onReconnect;
        this.threads = threads;
        this.runner = threads.newThread(this::run);
    }

    /** Begins to connect, in a thread of its own; does not wait. */
    public void start() {
        runner.start();
    }

    /** Closes the connections; waits for each step no longer than for a request. After it, nothing of ours runs. */
    @Override
    public void close() {
        current.close().ifPresent(last -> {
            Thread closing = threads.newThread(last::close);
            closing.start();
            join(closing);
        });
        join(runner);
    }

    private void join(Thread ending) {
        try {
            ending.join(Math.max(1, current.longestWait().toMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!current.isClosed() && !Thread.currentThread().isInterrupted()) {
            try {
                BrokerLink opened = opener.open(++number);
                serve(opened);
            } catch (JMSException | RuntimeException | OutOfMemoryError e) {
                // Of memory: there may be no thread to be had.
                failed(e.getMessage());
            } catch (LinkageError e) {
                if (!wasConnected) {
                    LOG.log(Level.ERROR, NO_CLIENT, e);
                    current.giveUp("the server lacks the client of its message broker; its log says what to do");
                    return;
                }
                failed(e.toString());
            }
            if (!current.isClosed()) {
                current.pause(backOff.next());
            }
        }
    }

    private void failed(String reason) {
        downLog.log(Level.WARNING, BrokerLink.class, "the message broker cannot be reached: " + reason);
        current.failed();
    }

    private void serve(BrokerLink opened) {
        try {
            upkeep.on(opened);
            if (!opened.isLost() && current.set(opened)) {
                announce();
                watch(opened);
            }
        } finally {
            current.lost(opened);
            if (current.isClosed()) {
                opened.close();
            } else {
                // Closing a connection to a system that hangs may take long.
                threads.newThread(opened::close).start();
            }
        }
    }

    private void announce() {
        backOff.reset();
        downLog.mended(BrokerLink.class);
        LOG.log(Level.INFO, "connected to the message broker");
        if (wasConnected) {
            onReconnect.run();
        }
        wasConnected = true;
    }

    private void watch(BrokerLink opened) {
        while (current.awaitTrouble(opened, UPKEEP)) {
            if (current.isSuspect(opened) && !opened.answers()) {
                current.lost(opened);
            } else {
                current.trust(opened);
                upkeep.on(opened);
            }
        }
        if (!current.isClosed()) {
            LOG.log(Level.WARNING, "the connection to the message broker is lost");
        }
    }
}
