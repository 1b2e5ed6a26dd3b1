package io.stompline.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** A WebSocket of the load generator (RFC 6455): no more of it than servers use towards it. One thread at a time. */
final class LoadWebSocket implements LoadWay, LoadSocket.Talk {
    private static final int CONTINUATION = 0;
    private static final int TEXT = 1;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;

    private static final int EXTENDED = 126;
    private static final int FINAL = 0x80;
    private static final int MASKED = 0x80;
    private static final int RSV1 = 0x40;

    private final LoadLoop loop;
    private final Endpoint server;
    private final Receiver receiver;
    private final boolean compressed;
    private final LoadSilence silence = new LoadSilence();
    private Optional<LoadSocket> socket = Optional.empty();
    private boolean upgraded;

    /** Whether compressed messages build on those before. */
    private boolean keepsContext;

    /** Whether the message whose fragments come is compressed. */
    private boolean inflating;

    /** What inflates for this connection alone, if that was needed yet. */
    private Optional<ContextInflater> inflater = Optional.empty();

    /** @param compressed whether it offers to take compressed messages */
    LoadWebSocket(LoadLoop loop, Endpoint server, Receiver receiver, boolean compressed) {
        this.loop = loop;
        this.server = server;
        this.receiver = receiver;
        this.compressed = compressed;
    }

    @Override
    public void open() throws IOException {
        socket = Optional.of(loop.connect(this));
    }

    /** Asks for the WebSocket. */
    @Override
    public void connected() {
        String request = "GET " + server.uri().getPath() + " HTTP/1.1\r\nHost: "
                + server.uri().getAuthority()
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13"
                + "\r\nSec-WebSocket-Key: c3RvbXBsaW5lLWxvYWRlcg==\r\nSec-WebSocket-Protocol: v12.stomp"
                + (compressed ? "\r\nSec-WebSocket-Extensions: permessage-deflate" : "") + "\r\n\r\n";
        socket().put(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
    }

    /** Sends a text message. */
    @Override
    public void send(byte[] octets) {
        send(TEXT, ByteBuffer.wrap(octets));
    }

    @Override
    public LoadSocket socket() {
        return socket.orElseThrow();
    }

    @Override
    public boolean isOpen() {
        return socket().isOpen();
    }

    @Override
    public long longestSilenceNanos(long nowNanos) {
        return silence.longestNanos(nowNanos);
    }

    @Override
    public int read(byte[] bytes, int end) throws IOException {
        silence.end();
        int next = upgraded ? 0 : readUpgrade(bytes, end);
        while (upgraded && messageLength(bytes, next, end) <= end - next) {
            next = readMessage(bytes, next, end);
        }
        return next;
    }

    @Override
    public void ended() throws IOException {
        throw new IOException("the server closed a connection");
    }

    @Override
    public void close() {
        socket().close();
    }

    private int readUpgrade(byte[] bytes, int end) throws IOException {
        String head = new String(bytes, 0, end, StandardCharsets.ISO_8859_1);
        int emptyLine = head.indexOf("\r\n\r\n");
        if (emptyLine < 0) {
            return 0;
        }
        if (!head.startsWith("HTTP/1.1 101 ")) {
            throw new IOException("no WebSocket but " + head);
        }
        upgraded = true;
        // RFC 7692, 7.1.1.1
        keepsContext = !head.substring(0, emptyLine).toLowerCase(Locale.ROOT).contains("server_no_context_takeover");
        receiver.opened();
        return emptyLine + 4;
    }

    /** How long the message at {@code start} is with its header (RFC 6455, 5.2), or how long it is at least. */
    private static int messageLength(byte[] bytes, int start, int end) throws IOException {
        int shortLength = end - start < 2 ? 0 : bytes[start + 1] & 127;
        if (shortLength > EXTENDED) {
            throw new IOException("a WebSocket message of 64 KiB or more");
        }
        if (shortLength < EXTENDED) {
            return 2 + shortLength;
        }
        if (end - start < 4) {
            return 4 + EXTENDED;
        }
        return 4 + Short.toUnsignedInt(ByteBuffer.wrap(bytes).getShort(start + 2));
    }

    private int readMessage(byte[] bytes, int start, int end) throws IOException {
        int payload = start + ((bytes[start + 1] & 127) == EXTENDED ? 4 : 2);
        int next = start + messageLength(bytes, start, end);
        switch (bytes[start] & 15) {
            case PING -> send(PONG, ByteBuffer.wrap(bytes, payload, next - payload));
            case CLOSE -> throw new IOException("the server closed a WebSocket");
            case CONTINUATION -> readFragment(bytes, start, payload, next);
            default -> {
                inflating = (bytes[start] & RSV1) != 0;
                readFragment(bytes, start, payload, next);
            }
        }
        return next;
    }

    /** Reads a message, or a fragment of one. */
    private void readFragment(byte[] bytes, int start, int payload, int next) throws IOException {
        boolean last = (bytes[start] & FINAL) != 0;
        if (!inflating) {
            receiver.message(bytes, payload, next);
            return;
        }
        loop.countCompressed();
        if (last && !keepsContext && (bytes[start] & 15) != CONTINUATION) {
            byte[] inflated = loop.inflater().inflate(bytes, payload, next);
            receiver.message(inflated, 0, inflated.length);
        } else {
            if (inflater.isEmpty()) {
                inflater = Optional.of(new ContextInflater(keepsContext));
            }
            inflater.get().inflate(bytes, payload, next, last, receiver);
        }
    }

    /** Its masking key is 0: the server has the same work, and this side none. */
    private void send(int kind, ByteBuffer payload) {
        int length = payload.remaining();
        ByteBuffer message = ByteBuffer.allocate(length + 8).put((byte) (FINAL | kind));
        if (length < EXTENDED) {
            message.put((byte) (MASKED | length));
        } else {
            message.put((byte) (MASKED | EXTENDED)).putShort((short) length);
        }
        socket().put(message.putInt(0).put(payload).flip());
    }
}
