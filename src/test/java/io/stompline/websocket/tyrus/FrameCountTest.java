package io.stompline.websocket.tyrus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class FrameCountTest {
    private static final int TEXT = 0x81;
    private static final int PING = 0x89;
    private static final int MASKED = 0x80;
    private static final int[] SIZES = {0, 1, 125, 126, 0xFFFF, 0x10000};

    private final ByteArrayOutputStream stream = new ByteArrayOutputStream();
    private final FrameCount pings = new FrameCount(9);

    @Test
    void frameCount_otherOpcodesOfAnyLength_areSkipped() {
        write();
        assertThat(pings.count(stream.toByteArray(), 0, stream.size())).isEqualTo(2 * SIZES.length);
    }

    @Test
    void frameCount_anyCut_countsTheSame() {
        write();
        byte[] bytes = stream.toByteArray();
        for (int cut : new int[] {1, 2, 3, 7, 127, 1_000}) {
            FrameCount again = new FrameCount(9);
            int found = 0;
            for (int offset = 0; offset < bytes.length; offset += cut) {
                found += again.count(bytes, offset, Math.min(cut, bytes.length - offset));
            }
            assertThat(found).as("cut by %s", cut).isEqualTo(2 * SIZES.length);
        }
    }

    @Test
    void frameCount_payload_isNoFrame() {
        frame(TEXT, 0, new byte[] {(byte) PING, 0, (byte) PING, 0});
        assertThat(pings.count(stream.toByteArray(), 0, stream.size())).isZero();
    }

    private void write() {
        for (int size : SIZES) {
            for (int mask : new int[] {0, MASKED}) {
                frame(TEXT, mask, new byte[size]);
                frame(PING, mask, new byte[size]);
            }
        }
    }

    private void frame(int first, int mask, byte[] payload) {
        stream.write(first);
        if (payload.length < 126) {
            stream.write(mask | payload.length);
        } else if (payload.length <= 0xFFFF) {
            stream.write(mask | 126);
            stream.writeBytes(
                    ByteBuffer.allocate(2).putShort((short) payload.length).array());
        } else {
            stream.write(mask | 127);
            stream.writeBytes(ByteBuffer.allocate(8).putLong(payload.length).array());
        }
        stream.writeBytes(new byte[mask == 0 ? 0 : 4]);
        stream.writeBytes(payload);
    }
}
