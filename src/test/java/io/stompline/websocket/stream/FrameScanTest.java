package io.stompline.websocket.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameScanTest {
    private static final int TEXT = 0x81;
    private static final int PING = 0x89;
    private static final int MASKED = 0x80;
    private static final int[] SIZES = {0, 1, 125, 126, 0xFFFF, 0x10000};

    private final ByteArrayOutputStream stream = new ByteArrayOutputStream();
    private int pings;

    @Test
    void frameScan_otherOpcodesOfAnyLength_areSkipped() {
        write();
        scan().scan(stream.toByteArray(), 0, stream.size());
        assertThat(pings).isEqualTo(2 * SIZES.length);
    }

    @Test
    void frameScan_anyCut_countsTheSame() {
        write();
        byte[] bytes = stream.toByteArray();
        for (int cut : new int[] {1, 2, 3, 7, 127, 1_000}) {
            pings = 0;
            FrameScan again = scan();
            for (int offset = 0; offset < bytes.length; offset += cut) {
                again.scan(bytes, offset, Math.min(cut, bytes.length - offset));
            }
            assertThat(pings).as("cut by %s", cut).isEqualTo(2 * SIZES.length);
        }
    }

    @Test
    void frameScan_payload_isNoFrame() {
        frame(TEXT, 0, new byte[] {(byte) PING, 0, (byte) PING, 0});
        scan().scan(stream.toByteArray(), 0, stream.size());
        assertThat(pings).isZero();
    }

    @Test
    void frameScan_header_saysMaskLengthAndWhereItBegins() {
        frame(TEXT, MASKED, new byte[300]);
        frame(PING, 0, new byte[5]);
        List<String> found = new ArrayList<>();
        FrameScan[] scan = new FrameScan[1];
        scan[0] = new FrameScan((opcode, masked, length) ->
                found.add(opcode + " " + masked + " " + length + " at " + scan[0].headerAt()));
        scan[0].scan(stream.toByteArray(), 0, stream.size());
        assertThat(found).containsExactly("1 true 300 at 0", "9 false 5 at 308");
        assertThat(scan[0].untilEnd()).isZero();
    }

    @Test
    void frameScan_unfinishedMessage_hasANumberUntilItsLastOctet() {
        FrameScan scan = scan();
        frame(TEXT & 0x0F, MASKED, new byte[3]);
        frame(PING, MASKED, new byte[3]);
        frame(0x80, MASKED, new byte[3]);
        frame(TEXT, MASKED, new byte[300]);
        byte[] bytes = stream.toByteArray();
        List<Long> found = new ArrayList<>();
        for (int at = 0; at < bytes.length; at++) {
            scan.scan(bytes, at, 1);
            found.add(scan.unfinished());
        }
        int first = 3 * (2 + 4 + 3);
        assertThat(found.subList(0, first - 1)).containsOnly(1L);
        assertThat(found.get(first - 1)).isZero();
        assertThat(found.subList(first, bytes.length - 1)).containsOnly(2L);
        assertThat(found.get(bytes.length - 1)).isZero();
    }

    @Test
    void frameScan_lengthThatIsReserved_isEndless() {
        for (long length : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE}) {
            stream.reset();
            stream.write(TEXT);
            stream.write(MASKED | 127);
            stream.writeBytes(ByteBuffer.allocate(8).putLong(length).array());
            frame(PING, 0, new byte[0]);
            pings = 0;
            FrameScan scan = scan();
            scan.scan(stream.toByteArray(), 0, stream.size());
            assertThat(pings).isZero();
            assertThat(scan.untilEnd()).isPositive();
        }
    }

    private FrameScan scan() {
        return new FrameScan((opcode, masked, length) -> pings += opcode == FrameScan.PING ? 1 : 0);
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
