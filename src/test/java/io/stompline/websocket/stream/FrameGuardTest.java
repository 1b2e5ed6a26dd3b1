package io.stompline.websocket.stream;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameGuardTest {
    private static final int TEXT = 0x81;
    private static final int MASKED = 0x80;
    private static final int BUFFER_BYTES = 1_000 + 14;

    private final List<FrameFault> faults = new ArrayList<>();
    private final ByteArrayOutputStream stream = new ByteArrayOutputStream();

    @Test
    void frameGuard_frameOfTheLimit_isPassedOn() throws Exception {
        frame(MASKED, 1_000);
        assertThat(passed(64)).isEqualTo(stream.size());
        assertThat(faults).isEmpty();
    }

    @Test
    void frameGuard_frameOverTheLimit_isRefusedAfterAllBeforeIt() throws Exception {
        frame(MASKED, 5);
        int before = stream.size();
        frame(MASKED, 1_001);
        frame(MASKED, 5);
        assertThat(passed(4_000)).isEqualTo(before);
        assertThat(faults).singleElement().matches(FrameFault::tooLarge);
        assertThat(faults.get(0).sentence()).contains("1001 octets", "1000", "stompline.websocket.max-bytes");
    }

    @Test
    void frameGuard_frameOverTheLimitCutAnywhere_isRefused() throws Exception {
        frame(MASKED, 5);
        frame(MASKED, 70_000);
        for (int cut = 1; cut < 30; cut++) {
            faults.clear();
            assertThat(passed(cut)).as("cut by %s", cut).isLessThan(30);
            assertThat(faults).as("cut by %s", cut).hasSize(1);
        }
    }

    @Test
    void frameGuard_unmaskedFrame_isRefused() throws Exception {
        frame(0, 5);
        assertThat(passed(64)).isZero();
        assertThat(faults)
                .singleElement()
                .extracting(FrameFault::sentence)
                .asString()
                .contains("must be masked");
        assertThat(faults.get(0).tooLarge()).isFalse();
    }

    @Test
    void frameGuard_reservedLength_isRefused() throws Exception {
        stream.write(TEXT);
        stream.writeBytes(new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, -1});
        assertThat(passed(64)).isZero();
        assertThat(faults)
                .singleElement()
                .extracting(FrameFault::sentence)
                .asString()
                .contains("highest bit");
    }

    @Test
    void frameGuard_restOfAFrame_isReadWithoutWhatFollows() throws Exception {
        frame(MASKED, 1_000);
        int first = stream.size();
        frame(MASKED, 5);
        ServletInputStream input = guard().getInputStream();
        byte[] into = new byte[4_000];
        assertThat(input.read(into, 0, 100)).isEqualTo(100);
        assertThat(input.read(into, 0, 4_000)).isEqualTo(first - 100);
        assertThat(input.read(into, 0, 4_000)).isEqualTo(stream.size() - first);
    }

    @Test
    void frameGuard_eachRead_isToldWithTheMessageThatIsUnfinished() throws Exception {
        frame(MASKED, 5);
        FrameGuard guard = guard();
        List<String> reads = new ArrayList<>();
        guard.onRead((octets, unfinished) -> reads.add(octets + " of " + unfinished));
        ServletInputStream input = guard.getInputStream();
        byte[] into = new byte[64];
        assertThat(input.read(into, 0, 1) + input.read(into, 0, 8) + input.read(into, 0, 64))
                .isEqualTo(stream.size());
        assertThat(reads).containsExactly("1 of 1", "8 of 1", "2 of 0");
    }

    @Test
    void frameGuard_nobodyListening_closesTheConnection() throws Exception {
        frame(0, 5);
        FakeSocket socket = FakeSocket.of(stream.toByteArray());
        ServletInputStream input = new FrameGuard(socket, BUFFER_BYTES).getInputStream();
        assertThat(input.read(new byte[64], 0, 64)).isZero();
        input.isReady();
        assertThat(socket.closed).isEqualTo(1);
    }

    private FrameGuard guard() throws Exception {
        FrameGuard guard = new FrameGuard(FakeSocket.of(stream.toByteArray()), BUFFER_BYTES);
        guard.onFault(faults::add);
        return guard;
    }

    /** Reads all, as Tyrus does; how many octets were passed on. */
    private int passed(int cut) throws Exception {
        ServletInputStream input = guard().getInputStream();
        int passed = 0;
        while (input.isReady()) {
            passed += input.read(new byte[cut], 0, cut);
        }
        return passed;
    }

    private void frame(int mask, int payload) {
        stream.write(TEXT);
        if (payload < 126) {
            stream.write(mask | payload);
        } else if (payload <= 0xFFFF) {
            stream.write(mask | 126);
            stream.writeBytes(ByteBuffer.allocate(2).putShort((short) payload).array());
        } else {
            stream.write(mask | 127);
            stream.writeBytes(ByteBuffer.allocate(8).putLong(payload).array());
        }
        stream.writeBytes(new byte[mask == 0 ? 0 : 4]);
        stream.writeBytes(new byte[payload]);
    }
}
