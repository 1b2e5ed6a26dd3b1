package io.stompline.websocket.tyrus;

import io.stompline.websocket.stream.ForwardingConnection;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * A connection whose streams no thread uses any more when it is closed, and no other connection uses afterwards.
 *
 * <p>Grizzly (seen in 4.0.2) gives request, response and streams of a closed WebSocket to the next connection, while
 * the thread of the handshake, one that reads and one that writes may still hold them. The next client then received
 * the last bytes that were written to the one before. Objects of a request that was cancelled are not given away.
 *
 * <p>Payara (seen in 6.2025.10) makes several connections of one handshake, closes the last one when the client breaks
 * off, and ends the request once for each that is closed: the second end hits the request that has reused the objects.
 */
@SuppressWarnings("try") // what close() throws is the container's affair
final class RetiredStreams extends ForwardingConnection {
    private static final System.Logger LOG = System.getLogger(RetiredStreams.class.getName());
    private static final String TO_CONNECTION = "getWebConnection";
    private static final String TO_CONTEXT = "getSuspendContext";
    private static final PrivateField STATE = new PrivateField("suspendState");
    private static final String OPEN = "SUSPENDED";
    private static final String KEPT = "CANCELLED";

    /** Number of threads inside the streams, with this bit from close on. */
    private static final int CLOSED = Integer.MIN_VALUE;

    private final AtomicInteger users = new AtomicInteger();
    private final ServletInputStream input;
    private final ServletOutputStream output;
    private final Supplier<Optional<WebConnection>> last;

    /**
     * Wraps a connection.
     *
     * @param last the one of the same handshake that the container closes; empty if unknown
     */
    RetiredStreams(WebConnection connection, Supplier<Optional<WebConnection>> last) throws IOException {
        super(connection);
        this.last = last;
        this.input = new UsedInput(connection.getInputStream());
        this.output = new UsedOutput(connection.getOutputStream());
    }

    static void probe(ServerClasses server) throws ReflectiveOperationException {
        check(GrizzlySocket.catalinaType(server), GrizzlySocket.responseType(server));
    }

    /** Fails if the request of a socket cannot be retired. */
    static void check(GrizzlySocket socket) throws ReflectiveOperationException {
        check(socket.catalina().getClass(), socket.response().getClass());
    }

    private static void check(Class<?> catalina, Class<?> response) throws ReflectiveOperationException {
        catalina.getMethod(TO_CONNECTION);
        response.getMethod(TO_CONTEXT);
        state(response, OPEN);
        state(response, KEPT);
    }

    /** The connection of a handshake that the container closes when the client breaks off. */
    static WebConnection last(Object catalina) throws ReflectiveOperationException {
        return (WebConnection) catalina.getClass().getMethod(TO_CONNECTION).invoke(catalina);
    }

    /** Keeps Grizzly from giving away the objects of a request; called before its connection is closed. */
    static void retire(Object response) throws ReflectiveOperationException {
        Object lock = response.getClass().getMethod(TO_CONTEXT).invoke(response);
        synchronized (lock) {
            if (state(response.getClass(), OPEN).equals(STATE.of(response))) {
                STATE.set(response, state(response.getClass(), KEPT));
            }
        }
    }

    private static Object state(Class<?> response, String name) {
        Class<?> type = STATE.in(response).getType();
        for (Object constant : type.getEnumConstants()) {
            if (constant.toString().equals(name)) {
                return constant;
            }
        }
        throw new IllegalArgumentException(type.getName() + " has no " + name);
    }

    @Override
    public ServletInputStream getInputStream() {
        return input;
    }

    @Override
    public ServletOutputStream getOutputStream() {
        return output;
    }

    /** Closes it now, or when the last thread inside leaves; waits for none. */
    @Override
    public void close() throws Exception {
        if (users.getAndUpdate(count -> count | CLOSED) == 0) {
            closeLast();
        }
    }

    private void closeLast() throws Exception {
        Optional<WebConnection> known = last.get();
        if (known.isPresent()) {
            known.get().close();
        } else {
            super.close();
        }
    }

    /** False if it is closed; otherwise {@link #leave} has to follow. */
    private boolean enter() {
        return users.getAndUpdate(count -> count < 0 ? count : count + 1) >= 0;
    }

    private void enterOrFail() throws IOException {
        if (!enter()) {
            throw new IOException("the connection is closed");
        }
    }

    private void leave() {
        if (users.decrementAndGet() == CLOSED) {
            try {
                closeLast();
            } catch (Exception e) {
                LOG.log(System.Logger.Level.DEBUG, "the socket is closed", e);
            }
        }
    }

    private final class UsedInput extends Input {
        UsedInput(ServletInputStream stream) {
            super(stream);
        }

        @Override
        public int read(byte[] bytes, int offset, int size) throws IOException {
            enterOrFail();
            try {
                return super.read(bytes, offset, size);
            } finally {
                leave();
            }
        }

        @Override
        public int available() throws IOException {
            if (!enter()) {
                return 0;
            }
            try {
                return super.available();
            } finally {
                leave();
            }
        }

        @Override
        public boolean isReady() {
            if (!enter()) {
                return false;
            }
            try {
                return super.isReady();
            } finally {
                leave();
            }
        }
    }

    private final class UsedOutput extends Output {
        UsedOutput(ServletOutputStream stream) {
            super(stream);
        }

        @Override
        public void write(byte[] bytes, int offset, int size) throws IOException {
            enterOrFail();
            try {
                super.write(bytes, offset, size);
            } finally {
                leave();
            }
        }

        @Override
        public void flush() throws IOException {
            enterOrFail();
            try {
                super.flush();
            } finally {
                leave();
            }
        }

        /** True when it is closed: Tyrus then writes, which fails at once, and does not wait. */
        @Override
        public boolean isReady() {
            if (!enter()) {
                return true;
            }
            try {
                return super.isReady();
            } finally {
                leave();
            }
        }
    }
}
