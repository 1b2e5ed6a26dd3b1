package io.stompline.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Arrays;

/** A TCP connection of the load generator. One thread at a time. */
final class LoadSocket {
    private static final int LITTLE = 16 * 1024;
    private static final int MUCH = 1024 * 1024;

    /** A text message of a WebSocket that is an end of line. */
    private static final byte[] HEART_BEAT = {(byte) 0x81, (byte) 0x81, 0, 0, 0, 0, '\n'};

    /** What is spoken on it. */
    interface Talk {
        /** It is connected. */
        void connected();

        /**
         * Something has come.
         *
         * @param bytes what is not read yet, from the first octet to {@code end}; free to be used during this call
         * @return how many octets are read now; the others come again, with more behind them
         */
        int read(byte[] bytes, int end) throws IOException;

        /** The server has closed it; throws if it should not have. */
        void ended() throws IOException;

        /** Something failed: closes this and what belongs to it. */
        void close();
    }

    private final LoadLoop loop;
    private final SelectionKey key;
    private final Talk talk;

    /** The begin of something whose end has not come yet. */
    private byte[] rest = {};

    private ByteBuffer out = ByteBuffer.allocate(512);
    private boolean dirty;

    LoadSocket(LoadLoop loop, SelectionKey key, Talk talk) {
        this.loop = loop;
        this.key = key;
        this.talk = talk;
    }

    Talk talk() {
        return talk;
    }

    /** Does what the socket is ready for. {@code space} is free to be used during this call. */
    void serve(byte[] space) throws IOException {
        if (key.isConnectable()) {
            channel().finishConnect();
            key.interestOps(SelectionKey.OP_READ);
            talk.connected();
        } else if (key.isReadable()) {
            read(space);
        } else {
            flush();
        }
    }

    /** Sends octets when the loop comes round. */
    void put(ByteBuffer bytes) {
        if (out.remaining() < bytes.remaining()) {
            out = ByteBuffer.allocate(2 * out.capacity() + bytes.remaining()).put(out.flip());
        }
        out.put(bytes);
        if (!dirty) {
            dirty = true;
            loop.flushLater(this);
        }
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

    /** Sends a heart-beat to see whether the server still has a WebSocket: who does not read is told nothing. */
    boolean takesBytes() {
        try {
            channel().write(ByteBuffer.wrap(HEART_BEAT));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void read(byte[] space) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(space).put(rest);
        int octets = channel().read(in);
        if (octets < 0) {
            close();
            talk.ended();
            return;
        }
        loop.countRead(octets);
        int end = in.position();
        int next = talk.read(space, end);
        rest = Arrays.copyOfRange(space, next, end);
    }

    private SocketChannel channel() {
        return (SocketChannel) key.channel();
    }
}
