package io.stompline.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.frame.DeflatableFrame;
import io.stompline.frame.DeflatedTail;
import io.stompline.frame.EncodedFrame;
import io.stompline.session.outbox.WireMessage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
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

    @Test
    void serverFrames_deflated_haveRsv1WhereThatIsSmaller() {
        byte[] head = {'M', '\n'};
        byte[] tail = new byte[1100];
        EncodedFrame large =
                new DeflatableFrame(head, tail, true, new DeflatedTail(() -> Optional.of(new byte[] {1, 2, 3})));
        EncodedFrame small = new EncodedFrame(head, new byte[] {0}, true);
        List<Integer> saved = new ArrayList<>();
        List<WireMessage> messages = List.of(
                new WireMessage(List.of(large), true),
                new WireMessage(List.of(small), true),
                new WireMessage(List.of(large), false),
                new WireMessage(List.of(large, small), false));
        assertThat(octets(ServerFrames.deflated(messages, saved::add)))
                .containsExactly(
                        // a stored block with the head, then the blocks of the end
                        0xc1,
                        10,
                        0,
                        2,
                        0,
                        0xfd,
                        0xff,
                        'M',
                        '\n',
                        1,
                        2,
                        3,
                        // as it is
                        0x81,
                        3,
                        'M',
                        '\n',
                        0,
                        0xc2,
                        10,
                        0,
                        2,
                        0,
                        0xfd,
                        0xff,
                        'M',
                        '\n',
                        1,
                        2,
                        3,
                        // flushed before the next frame; an empty block, whose end is left out, at the end
                        0xc2,
                        28,
                        0,
                        2,
                        0,
                        0xfd,
                        0xff,
                        'M',
                        '\n',
                        1,
                        2,
                        3,
                        0,
                        0,
                        0xff,
                        0xff,
                        0,
                        2,
                        0,
                        0xfd,
                        0xff,
                        'M',
                        '\n',
                        0,
                        1,
                        0,
                        0xfe,
                        0xff,
                        0,
                        0);
        assertThat(saved).containsExactly(1102 - 10, 1102 - 10, 1102 + 3 - 28);
    }

    @Test
    void serverFrames_manyLittleFramesWithADeflatedOne_goOutAsTheyAreIfThatIsSmaller() {
        EncodedFrame large = new DeflatableFrame(
                new byte[1], new byte[1100], true, new DeflatedTail(() -> Optional.of(new byte[900])));
        List<EncodedFrame> frames = new ArrayList<>(Collections.nCopies(100, EncodedFrame.HEART_BEAT));
        frames.add(large);
        WireMessage message = new WireMessage(frames, true);
        assertThat(octets(ServerFrames.deflated(List.of(message), saved -> {})))
                .isEqualTo(octets(ServerFrames.of(List.of(message))));
    }

    private static WireMessage ofSize(int size) {
        return WebSocketWireTest.message("x".repeat(size), true);
    }

    private static byte[] frames(WireMessage... messages) {
        return octets(ServerFrames.of(List.of(messages)));
    }

    private static byte[] octets(ByteBuffer frames) {
        byte[] bytes = new byte[frames.remaining()];
        frames.get(bytes);
        return bytes;
    }
}
