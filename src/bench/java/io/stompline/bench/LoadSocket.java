package io.stompline.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A WebSocket of the load generator (RFC 6455): no more of it than servers use towards it. One thread at a time. */
final class LoadSocket {
    private static final int TEXT = 1;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;

    private static final int EXTENDED = 126;
    private static final int FINAL = 0x80;
    private static final int MASKED = 0x80;
    private static final int RSV1 = 0x40;

    private static final int LITTLE = 16 * 1024;
    private static final int MUCH = 1024 * 1024;

    /** A text message that is an end of line. */
    private static final byte[] HEART_BEAT = {(byte) (FINAL | TEXT), (byte) (MASKED | 1), 0, 0, 0, 0, '\n'};

    /** Takes what comes. */
    interface Receiver {
        /** The WebSocket is open. */
        void opened();

        /**
         * A message, or a fragment of one, lies in {@code bytes} from {@code start} to {@code end} during this call.
         */
        void message(byte[] bytes, int start, int end) throws IOException;
    }

    private final LoadLoop loop;
    private final SelectionKey key;
    private final Receiver receiver;
    private final boolean compressed;
    private boolean upgraded;

    /** The begin of something whose end has not come yet. */
    private byte[] rest = {};

    private long heardNanos = System.nanoTime();
    private long longestSilenceNanos;

    private ByteBuffer out = ByteBuffer.allocate(512);
    private boolean dirty;

    /** @param compressed whether it offers to take compressed messages */
    LoadSocket(LoadLoop loop, SelectionKey key, Receiver receiver, boolean compressed) {
        this.compressed = compressed;
        this.loop = loop;
        this.key = key;
        this.receiver = receiver;
    }

    /** Asks for the WebSocket, when the socket is connected. */
    void upgrade(URI uri) {
        String request = "GET " + uri.getPath() + " HTTP/1.1\r\nHost: " + uri.getAuthority()
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13"
                + "\r\nSec-WebSocket-Key: c3RvbXBsaW5lLWxvYWRlcg==\r\nSec-WebSocket-Protocol: v12.stomp"
                + (compressed ? "\r\nSec-WebSocket-Extensions: permessage-deflate" : "") + "\r\n\r\n";
        put(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
    }

    /** Sends a text message when the loop comes round. */
    void send(byte[] text) {
        send(TEXT, ByteBuffer.wrap(text));
    }

    /** Sends what the socket takes now; nothing if it is closed. */
    void flush() throws IOException {
        dirty = false;
        if (!isOpen()) {
            return;
        }
        out.flip();
        channel().write(out);
        key.interestOps(out.hasRemaining() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
        out.compact();
    }

    boolean isOpen() {
        return channel().isOpen();
    }

    void close() {
        try {
            channel().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The longest time between two arrivals of anything, up to now. */
    long longestSilenceNanos(long nowNanos) {
        return Math.max(longestSilenceNanos, nowNanos - heardNanos);
    }

    /** Has the machine keep little of what this side has not read yet. */
    void keepLittle() throws IOException {
        channel().setOption(StandardSocketOptions.SO_RCVBUF, LITTLE);
    }

    /** Leaves unread what comes from now on. There must be nothing left to send. */
    void stopReading() {
        key.interestOps(0);
    }

    /** The contrary of {@link #keepLittle}. */
    void keepMuch() throws IOException {
        channel().setOption(StandardSocketOptions.SO_RCVBUF, MUCH);
    }

    /** The contrary of {@link #stopReading}. */
    void startReading() {
        key.interestOps(SelectionKey.OP_READ);
    }

    /** Sends a heart-beat to see whether the server still has the connection: who does not read is told nothing. */
    boolean takesBytes() {
        try {
            channel().write(ByteBuffer.wrap(HEART_BEAT));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Reads what the socket has now. {@code space} is free to be used during this call. */
    void read(byte[] space) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(space).put(rest);
        int octets = channel().read(in);
        if (octets < 0) {
            throw new IOException("the server closed a connection");
        }
        loop.countRead(octets);
        long now = System.nanoTime();
        longestSilenceNanos = longestSilenceNanos(now);
        heardNanos = now;
        int end = in.position();
        int next = upgraded ? 0 : readUpgrade(space, end);
        while (upgraded && messageLength(space, next, end) <= end - next) {
            next = readMessage(space, next, end);
        }
        rest = Arrays.copyOfRange(space, next, end);
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
            default -> {
                if ((bytes[start] & RSV1) == 0) {
                    receiver.message(bytes, payload, next);
                } else {
                    byte[] inflated = loop.inflater().inflate(bytes, payload, next);
                    receiver.message(inflated, 0, inflated.length);
                }
            }
        }
        return next;
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
        put(message.putInt(0).put(payload).flip());
    }

    private void put(ByteBuffer bytes) {
        if (out.remaining() < bytes.remaining()) {
            out = ByteBuffer.allocate(2 * out.capacity() + bytes.remaining()).put(out.flip());
        }
        out.put(bytes);
        if (!dirty) {
            dirty = true;
            loop.flushLater(this);
        }
    }

    private SocketChannel channel() {
        return (SocketChannel) key.channel();
    }
}
