package io.stompline.websocket.tyrus;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendHandler;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.glassfish.tyrus.spi.CompletionHandler;
import org.glassfish.tyrus.spi.Writer;
import org.junit.jupiter.api.Test;

class TyrusWriterTest {
    private final Remote remote = new Remote();
    private final List<Boolean> results = new ArrayList<>();

    /** What a remote endpoint of Tyrus has, with a writer that keeps the last frame. */
    static final class Remote implements RemoteEndpoint.Async {
        @SuppressWarnings("unused") // read by reflection
        private final WebSocket webSocket = new WebSocket(new Handler(new LastFrame()));

        private record WebSocket(Handler protocolHandler) {}

        private record Handler(Writer writer) {}

        private static final class LastFrame extends Writer {
            private ByteBuffer frame;
            private Exception problem;

            @Override
            public void write(ByteBuffer buffer, CompletionHandler<ByteBuffer> completion) {
                frame = buffer;
                if (problem == null) {
                    completion.completed(buffer);
                } else {
                    completion.failed(problem);
                }
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        }

        private LastFrame last() {
            return (LastFrame) webSocket.protocolHandler.writer;
        }

        @Override
        public long getSendTimeout() {
            return 0;
        }

        @Override
        public void setSendTimeout(long timeout) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void sendText(String text, SendHandler handler) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Future<Void> sendText(String text) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Future<Void> sendBinary(ByteBuffer data) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void sendBinary(ByteBuffer data, SendHandler handler) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Future<Void> sendObject(Object data) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void sendObject(Object data, SendHandler handler) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void setBatchingAllowed(boolean allowed) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean getBatchingAllowed() {
            return false;
        }

        @Override
        public void flushBatch() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void sendPing(ByteBuffer data) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void sendPong(ByteBuffer data) {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void directWriter_frames_areWrittenAsTheyAre() throws Exception {
        assertThat(written(1, 2, 3)).containsExactly(1, 2, 3);
        assertThat(results).containsExactly(true);
    }

    @Test
    void directWriter_failedWrite_isToldOnce() throws Exception {
        remote.last().problem = new IllegalStateException("closed");
        written(1);
        assertThat(results).containsExactly(false);
    }

    private byte[] written(int... octets) throws ReflectiveOperationException {
        ByteBuffer frames = ByteBuffer.allocate(octets.length);
        for (int octet : octets) {
            frames.put((byte) octet);
        }
        TyrusWriter.of(FakeServer.session(remote)).write(frames.flip(), results::add);
        ByteBuffer frame = remote.last().frame;
        byte[] bytes = new byte[frame.remaining()];
        frame.get(bytes);
        return bytes;
    }
}
