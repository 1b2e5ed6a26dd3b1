package io.stompline.frame;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FrameEncoderTest {
    @Test
    void contentLength_withBodyOnly_isWritten() {
        assertThat(encoded(Command.MESSAGE, Headers.of("a", "b"), "größe"))
                .isEqualTo("MESSAGE\na:b\ncontent-length:7\n\ngröße\0");
        assertThat(encoded(Command.RECEIPT, Headers.of("receipt-id", "1"), ""))
                .isEqualTo("RECEIPT\nreceipt-id:1\n\n\0");
    }

    @Test
    void escape_connected_isNotEscaped() {
        assertThat(encoded(Command.CONNECTED, Headers.of("user-name", "a:b\\c\nd"), ""))
                .isEqualTo("CONNECTED\nuser-name:a:b\\cd\n\n\0");
    }

    @Test
    void isText_utf8Only_isTrue() {
        Body binary = Body.of(new byte[] {(byte) 0xff});
        Frame frame = new Frame(Command.MESSAGE, Headers.none(), binary);
        assertThat(FrameEncoder.encode(frame, Version.V1_2).isText()).isFalse();
        assertThat(EncodedFrame.HEART_BEAT.isText()).isTrue();
        assertThat(EncodedFrame.HEART_BEAT.toBytes()).containsExactly('\n');
    }

    @Test
    void encode_headAndTail_makeOneFrame() {
        byte[] head = FrameEncoder.encodeHead(Command.MESSAGE, Headers.of("a", "1"), Version.V1_2);
        byte[] tail = FrameEncoder.encodeTail(Headers.of("b", "2"), Body.utf8("x"), Version.V1_2);
        EncodedFrame frame = new EncodedFrame(head, tail, true);
        assertThat(frame).hasToString("MESSAGE\na:1\nb:2\ncontent-length:1\n\nx\0");
        byte[] target = new byte[frame.size() + 2];
        assertThat(frame.copyInto(target, 1)).isEqualTo(frame.size() + 1);
        assertThat(target).startsWith(0, 'M').endsWith('x', 0, 0);
    }

    private static String encoded(Command command, Headers headers, String body) {
        return FrameEncoder.encode(new Frame(command, headers, Body.utf8(body)), Version.V1_2)
                .toString();
    }
}
