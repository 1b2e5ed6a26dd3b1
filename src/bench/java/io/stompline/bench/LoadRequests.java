package io.stompline.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Requests of one client, one at a time on a connection that they share: it is opened for the first one, and anew for
 * the next when the server has closed it. One thread at a time.
 */
final class LoadRequests implements LoadSocket.Talk {
    /** @param octets with its header */
    private record Request(ByteBuffer octets, LoadAnswer.Reader reader) {}

    private final LoadLoop loop;
    private final Endpoint server;
    private final Runnable lost;
    private final Deque<Request> waiting = new ArrayDeque<>();
    private final LoadAnswer answer = new LoadAnswer();
    private Optional<LoadSocket> socket = Optional.empty();
    private boolean connected;
    private boolean repeated;

    /** @param lost run if a request fails */
    LoadRequests(LoadLoop loop, Endpoint server, Runnable lost) {
        this.loop = loop;
        this.server = server;
        this.lost = lost;
    }

    /** The connection of the request that was sent last. */
    LoadSocket socket() {
        return socket.orElseThrow();
    }

    /**
     * Sends a request when those before it are answered.
     *
     * @param path below that of the openings
     * @param headers each with its end of line
     */
    void post(String path, String headers, byte[] body, LoadAnswer.Reader reader) {
        String head = "POST " + server.uri().getPath() + "/http" + path + " HTTP/1.1\r\nHost: "
                + server.uri().getAuthority() + "\r\nContent-Type: application/stomp\r\n" + headers
                + "Content-Length: " + body.length + "\r\n\r\n";
        ByteBuffer octets = ByteBuffer.allocate(head.length() + body.length);
        octets.put(head.getBytes(StandardCharsets.US_ASCII)).put(body);
        waiting.add(new Request(octets.flip(), reader));
        if (waiting.size() == 1) {
            sendNext();
        }
    }

    private void sendNext() {
        if (waiting.isEmpty()) {
            return;
        }
        if (socket.isEmpty()) {
            connect();
        } else if (connected) {
            socket().put(waiting.element().octets().duplicate());
        }
    }

    private void connect() {
        try {
            connected = false;
            socket = Optional.of(loop.connect(this));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void connected() {
        connected = true;
        sendNext();
    }

    @Override
    public int read(byte[] bytes, int end) throws IOException {
        if (waiting.isEmpty()) {
            throw new IOException("the server answered what was not asked");
        }
        return answer.read(bytes, end, new LoadAnswer.Reader() {
            @Override
            public void part(byte[] part, int start, int partEnd) throws IOException {
                waiting.element().reader().part(part, start, partEnd);
            }

            @Override
            public void whole() throws IOException {
                answered();
            }
        });
    }

    private void answered() throws IOException {
        loop.countAnswer();
        Request request = waiting.remove();
        repeated = false;
        if (answer.closes()) {
            drop();
        }
        // It may add the next one, which is then sent by itself if none waits.
        boolean others = !waiting.isEmpty();
        request.reader().whole();
        if (others) {
            sendNext();
        }
    }

    /** The server may close a connection between two requests; what it did not answer then is sent once more. */
    @Override
    public void ended() throws IOException {
        socket = Optional.empty();
        if (!waiting.isEmpty() && (repeated || answer.hasBegun())) {
            throw new IOException("the server closed the connection of a request");
        }
        repeated = !waiting.isEmpty();
        sendNext();
    }

    /** Drops the connection, whatever it is used for. */
    void drop() {
        socket.ifPresent(LoadSocket::close);
        socket = Optional.empty();
    }

    @Override
    public void close() {
        lost.run();
    }
}
