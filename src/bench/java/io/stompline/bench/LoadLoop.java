package io.stompline.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The one thread that all connections of the load generator live on: waits for sockets and serves them. */
final class LoadLoop implements AutoCloseable {
    /** Up to here a selector's timeout is too coarse. */
    private static final long FINE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private static final long NAP_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

    private final Endpoint server;
    private final InetSocketAddress address;
    private final Selector selector;
    private final byte[] space = new byte[256 * 1024];
    private List<LoadSocket> dirty = new ArrayList<>();
    private final LoadInflater inflater = new LoadInflater();
    private long octetsRead;
    private long compressed;
    private long answers;
    private boolean forgiving;
    private long lost;

    /** A loop whose clients connect to that server. */
    LoadLoop(Endpoint server) throws IOException {
        this.server = server;
        this.address = server.address();
        this.selector = Selector.open();
    }

    /**
     * Begins to open a connection.
     *
     * @param whenReady called when CONNECT, and SUBSCRIBE if there is an interest, were answered
     */
    LoadClient open(Optional<LoadClient.Interest> interest, Runnable whenReady) throws IOException {
        return open(server, interest, whenReady);
    }

    /** The same for another user of that server, or on another way. */
    LoadClient open(Endpoint user, Optional<LoadClient.Interest> interest, Runnable whenReady) throws IOException {
        LoadClient client = new LoadClient(this, user, interest, whenReady);
        client.way().open();
        return client;
    }

    /** Begins to open a socket. */
    LoadSocket connect(LoadSocket.Talk talk) throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
        LoadSocket socket = new LoadSocket(this, key, talk);
        key.attach(socket);
        channel.connect(address);
        return socket;
    }

    /**
     * Sends what is to be sent, and serves the sockets that have something, or waits for one until a time by the nano
     * clock.
     */
    void turn(long untilNanos) throws IOException {
        flush();
        long wait = untilNanos - System.nanoTime();
        if (wait >= FINE_NANOS) {
            selector.select(this::serve, TimeUnit.NANOSECONDS.toMillis(wait));
        } else {
            if (wait > 0) {
                LockSupport.parkNanos(Math.min(wait, NAP_NANOS));
            }
            selector.selectNow(this::serve);
        }
    }

    /** Counts from now on the connections that fail or that the server closes, instead of failing itself. */
    void forgive() {
        forgiving = true;
    }

    /** Inflates for all connections. */
    LoadInflater inflater() {
        return inflater;
    }

    void countRead(int octets) {
        octetsRead += octets;
    }

    void countCompressed() {
        compressed++;
    }

    /** How many compressed messages, or fragments of such, have come. */
    long compressed() {
        return compressed;
    }

    void countAnswer() {
        answers++;
    }

    /** How many requests of plain HTTP were answered. */
    long answers() {
        return answers;
    }

    /** How many sockets are open. */
    int sockets() {
        return selector.keys().size();
    }

    /** Octets that have come on all connections, as they are on the line. */
    long octetsRead() {
        return octetsRead;
    }

    /** How many connections failed or were closed by the server. */
    long lost() {
        return lost;
    }

    /** Has the socket flushed at the next turn. */
    void flushLater(LoadSocket socket) {
        dirty.add(socket);
    }

    /** Drops every connection. */
    @Override
    public void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }

    private void flush() {
        List<LoadSocket> now = dirty;
        dirty = new ArrayList<>();
        for (LoadSocket socket : now) {
            try {
                socket.flush();
            } catch (IOException e) {
                lose(socket, e);
            }
        }
    }

    private void serve(SelectionKey key) {
        LoadSocket socket = (LoadSocket) key.attachment();
        if (!socket.isOpen()) {
            return;
        }
        try {
            socket.serve(space);
        } catch (IOException e) {
            lose(socket, e);
        }
    }

    private void lose(LoadSocket socket, IOException reason) {
        if (!forgiving) {
            throw new UncheckedIOException(reason);
        }
        if (lost++ == 0) {
            System.err.println("the first connection lost: " + reason.getMessage());
        }
        socket.talk().close();
    }
}
