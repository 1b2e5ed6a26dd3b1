package io.stompline.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.session.outbox.WireMessage;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServerFramesTest {
    @Test
    void serverFrames_textAndBinary_areOneFinalFrameEach() {
        assertThat(frames(WebSocketWireTest.message("hi", true), WebSocketWireTest.message("b", false)))
                .containsExactly(0x81, 2, 'h', 'i', 0x82, 1, 'b');
    }

    @Test
    void serverFrames_length_isTheShortestOfItsSize() {
        assertThat(frames(ofSize(125))).startsWith(0x81, 125).hasSize(2 + 125);
        assertThat(frames(ofSize(126))).startsWith(0x81, 126, 0, 126).hasSize(4 + 126);
        assertThat(frames(ofSize(0xffff))).startsWith(0x81, 126, 0xff, 0xff).hasSize(4 + 0xffff);
        assertThat(frames(ofSize(0x10000)))
                .startsWith(0x81, 127, 0, 0, 0, 0, 0, 1, 0, 0)
                .hasSize(10 + 0x10000);
    }

    private static WireMessage ofSize(int size) {
        return WebSocketWireTest.message("x".repeat(size), true);
    }

    private static byte[] frames(WireMessage... messages) {
        ByteBuffer frames = ServerFrames.of(List.of(messages));
        byte[] bytes = new byte[frames.remaining()];
        frames.get(bytes);
        return bytes;
    }
}
