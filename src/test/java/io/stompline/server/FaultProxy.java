package io.stompline.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Passes TCP connections on to a port of this machine, slowly if told so, until they are cut. Thread-safe. */
public final class FaultProxy implements AutoCloseable {
    private static final int CHUNK_BYTES = 64 * 1024;

    private final ServerSocket listening;
    private final int target;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final AtomicInteger held = new AtomicInteger();
    private volatile Duration delay = Duration.ZERO;

    /** Listens on a free port, see {@link #port()}. */
    public FaultProxy(int target) {
        try {
            this.target = target;
            this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        run(this::accept);
    }

    public int port() {
        return listening.getLocalPort();
    }

    /** From now on every piece of what passes comes so much later. */
    public void delay(Duration time) {
        delay = time;
    }

    /** Whether something waits for its delay. */
    public boolean isHolding() {
        return held.get() > 0;
    }

    /** Resets all connections; new ones are possible at once. */
    public void cut() {
        List<Socket> now = List.copyOf(sockets);
        sockets.removeAll(now);
        now.forEach(FaultProxy::reset);
    }

    @Override
    public void close() throws IOException {
        listening.close();
        cut();
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = listening.accept();
            sockets.add(client);
            run(() -> passOn(client));
        }
    }

    private void passOn(Socket client) throws IOException {
        try (client;
                Socket broker = new Socket(InetAddress.getLoopbackAddress(), target)) {
            sockets.add(broker);
            run(() -> pass(broker, client));
            pass(client, broker);
        }
    }

    private void pass(Socket from, Socket to) throws IOException {
        byte[] chunk = new byte[CHUNK_BYTES];
        try (from;
                to) {
            for (int count = from.getInputStream().read(chunk);
                    count >= 0;
                    count = from.getInputStream().read(chunk)) {
                hold();
                to.getOutputStream().write(chunk, 0, count);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void hold() throws InterruptedException {
        held.incrementAndGet();
        try {
            Thread.sleep(delay.toMillis());
        } finally {
            held.decrementAndGet();
        }
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException closed) {
            // Somebody was faster.
            return;
        }
    }

    private static void run(Step step) {
        Thread thread = new Thread(() -> {
            try {
                step.run();
            } catch (IOException closed) {
                // That is what this proxy is for.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    /** What a thread does until a connection ends. */
    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }
}
