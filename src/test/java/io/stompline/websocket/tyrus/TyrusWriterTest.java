package io.stompline.websocket.tyrus;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendHandler;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
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
    void directWriter_text_isOneFinalTextFrame() throws Exception {
        assertThat(sent("hi".getBytes(StandardCharsets.UTF_8), true)).containsExactly(0x81, 2, 'h', 'i');
        assertThat(results).containsExactly(true);
    }

    @Test
    void directWriter_binary_hasTheShortestLengthOfItsSize() throws Exception {
        assertThat(sent(new byte[125], false)).startsWith(0x82, 125).hasSize(2 + 125);
        assertThat(sent(new byte[126], false)).startsWith(0x82, 126, 0, 126).hasSize(4 + 126);
        assertThat(sent(new byte[0xffff], false))
                .startsWith(0x82, 126, 0xff, 0xff)
                .hasSize(4 + 0xffff);
        assertThat(sent(new byte[0x10000], false))
                .startsWith(0x82, 127, 0, 0, 0, 0, 0, 1, 0, 0)
                .hasSize(10 + 0x10000);
    }

    @Test
    void directWriter_failedWrite_isToldOnce() throws Exception {
        remote.last().problem = new IllegalStateException("closed");
        sent(new byte[1], true);
        assertThat(results).containsExactly(false);
    }

    private byte[] sent(byte[] message, boolean text) throws ReflectiveOperationException {
        TyrusWriter.of(FakeServer.session(remote)).send(message, text, results::add);
        ByteBuffer frame = remote.last().frame;
        byte[] bytes = new byte[frame.remaining()];
        frame.get(bytes);
        return bytes;
    }
}
