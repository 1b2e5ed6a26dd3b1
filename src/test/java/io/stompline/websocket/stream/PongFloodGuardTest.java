package io.stompline.websocket.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class PongFloodGuardTest {
    private static final int BATCH = 100;
    private static final byte[] PING = {(byte) 0x89, (byte) 0x80, 0, 0, 0, 0};
    private static final byte[] PONG = {(byte) 0x8A, 0};

    @Test
    void pongFlood_unreadPongs_failTheNextRead() throws Exception {
        PongFloodGuard guard = guard(2_000);
        for (int i = 0; i < 11; i++) {
            read(guard);
        }
        assertThatThrownBy(() -> read(guard)).isInstanceOf(IOException.class).hasMessageContaining("1000 pongs");
    }

    @Test
    void pongFlood_takenPongs_areNoFlood() throws Exception {
        PongFloodGuard guard = guard(20_000);
        int read = 0;
        for (int count = read(guard); count > 0; count = read(guard)) {
            read += count;
            for (int i = 0; i < BATCH; i++) {
                guard.getOutputStream().write(PONG);
            }
        }
        assertThat(read).isEqualTo(20_000 * PING.length);
    }

    private static PongFloodGuard guard(int pings) throws IOException {
        byte[] received = new byte[pings * PING.length];
        for (int i = 0; i < pings; i++) {
            System.arraycopy(PING, 0, received, i * PING.length, PING.length);
        }
        return new PongFloodGuard(FakeSocket.of(received), "192.0.2.1");
    }

    private static int read(PongFloodGuard guard) throws IOException {
        return guard.getInputStream().read(new byte[BATCH * PING.length]);
    }
}
