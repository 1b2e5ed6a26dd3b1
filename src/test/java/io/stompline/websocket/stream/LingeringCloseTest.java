package io.stompline.websocket.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LingeringCloseTest {
    private static final byte[] TEXT = {(byte) 0x81, (byte) 0x82, 0, 0, 0, 0, 'h', 'i'};
    private static final byte[] CLOSE = {(byte) 0x88, (byte) 0x80, 0, 0, 0, 0};

    private final List<Runnable> later = new ArrayList<>();
    private final byte[] into = new byte[TEXT.length];
    private int lingering;
    private boolean aborted;

    private final LingeringClose.Timing timing = new LingeringClose.Timing() {
        @Override
        public void later(Duration delay, Runnable task) {
            later.add(task);
        }

        @Override
        public Runnable lingers() {
            lingering++;
            return () -> lingering = 0;
        }
    };

    @Test
    void lingeringClose_openConnection_passesOnWhatIsRead() throws Exception {
        LingeringClose connection = lingering(FakeSocket.of(TEXT));
        assertThat(connection.getInputStream().read(into, 0, TEXT.length)).isEqualTo(TEXT.length);
        assertThat(into).isEqualTo(TEXT);
    }

    @Test
    void lingeringClose_clientStillWrites_isDiscardedUntilItsCloseFrame() throws Exception {
        FakeSocket socket = FakeSocket.of(join(TEXT, TEXT, CLOSE));
        LingeringClose connection = lingering(socket);
        connection.close();
        assertThat(lingering).isEqualTo(1);
        for (int i = 0; i < 2; i++) {
            assertThat(connection.getInputStream().read(into, 0, TEXT.length)).isZero();
            assertThat(socket.closed).isZero();
        }
        assertThat(connection.getInputStream().read(into, 0, TEXT.length)).isZero();
        assertThat(socket.closed).isEqualTo(1);
        assertThat(lingering).isZero();
    }

    @Test
    void lingeringClose_clientThatClosedFirst_isClosedAtOnce() throws Exception {
        FakeSocket socket = FakeSocket.of(CLOSE);
        LingeringClose connection = lingering(socket);
        assertThat(connection.getInputStream().read(into, 0, TEXT.length)).isEqualTo(CLOSE.length);
        assertThat(socket.closed).isZero();
        connection.close();
        assertThat(socket.closed).isEqualTo(1);
        assertThat(lingering).isZero();
    }

    @Test
    void lingeringClose_endOfStream_closes() throws Exception {
        FakeSocket socket = FakeSocket.of(new byte[0]);
        LingeringClose connection = lingering(socket);
        connection.close();
        assertThat(connection.getInputStream().read(into, 0, TEXT.length)).isNegative();
        assertThat(socket.closed).isEqualTo(1);
    }

    @Test
    void lingeringClose_clientThatNeverCloses_isClosedAfterTheTimeThenAborted() throws Exception {
        FakeSocket socket = FakeSocket.of(new byte[0]);
        lingering(socket).close();
        later.remove(0).run();
        assertThat(socket.closed).isEqualTo(1);
        assertThat(aborted).isFalse();
        later.remove(0).run();
        assertThat(aborted).isTrue();
        assertThat(later).isEmpty();
    }

    @Test
    void lingeringClose_clientThatFloods_isClosedAfter64MiB() throws Exception {
        int part = 1024 * 1024;
        FakeSocket socket = FakeSocket.of(new byte[66 * part]);
        LingeringClose connection = lingering(socket);
        connection.close();
        byte[] large = new byte[part];
        for (int i = 0; i < 64; i++) {
            assertThat(connection.getInputStream().read(large, 0, part)).isZero();
        }
        assertThat(socket.closed).isZero();
        assertThat(connection.getInputStream().read(large, 0, part)).isZero();
        assertThat(socket.closed).isEqualTo(1);
    }

    @Test
    void lingeringClose_closedTwice_closesOnce() throws Exception {
        FakeSocket socket = FakeSocket.of(CLOSE);
        LingeringClose connection = lingering(socket);
        connection.close();
        connection.close();
        assertThat(lingering).isEqualTo(1);
        connection.getInputStream().read(into, 0, TEXT.length);
        connection.close();
        later.forEach(Runnable::run);
        assertThat(socket.closed).isEqualTo(1);
    }

    private LingeringClose lingering(FakeSocket socket) throws Exception {
        return new LingeringClose(socket, () -> aborted = true, timing);
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }
}
