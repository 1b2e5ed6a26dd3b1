package io.stompline.websocket.tyrus;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Map;
import org.glassfish.tyrus.servlet.TyrusHttpUpgradeHandler;
import org.glassfish.tyrus.spi.Connection;
import org.glassfish.tyrus.spi.ReadHandler;
import org.junit.jupiter.api.Test;

class ReadBuffersTest {
    private final TyrusHttpUpgradeHandler handler = new TyrusHttpUpgradeHandler();
    private final FrameReader frames = new FrameReader();

    /** What reads frames in Tyrus has. */
    private static final class FrameReader implements ReadHandler {
        private ByteBuffer buffer;

        @Override
        public void handle(ByteBuffer data) {
            buffer = data;
        }
    }

    @Test
    void readBuffers_largeAndEmpty_areReleased() throws Exception {
        ReadBuffers buffers = read(8 * 1024 + 1);
        buffers.release();
        assertThat(handler.buffer()).isNull();
        assertThat(frames.buffer).isNull();
    }

    @Test
    void readBuffers_small_areKept() throws Exception {
        ReadBuffers buffers = read(8 * 1024);
        buffers.release();
        assertThat(handler.buffer()).isNotNull();
        assertThat(frames.buffer).isNotNull();
    }

    @Test
    void readBuffers_withBytes_areKept() throws Exception {
        ReadBuffers buffers = read(16 * 1024);
        handler.buffer().limit(1);
        frames.buffer.limit(1);
        buffers.release();
        assertThat(handler.buffer()).isNotNull();
        assertThat(frames.buffer).isNotNull();
    }

    private ReadBuffers read(int bytes) throws ReflectiveOperationException {
        Connection connection = StandIn.of(Connection.class, Map.of("getReadHandler", unused -> frames));
        handler.readTo(connection, bytes);
        frames.handle(ByteBuffer.allocate(bytes).limit(0));
        return ReadBuffers.of(handler);
    }
}
