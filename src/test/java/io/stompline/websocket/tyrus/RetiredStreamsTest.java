package io.stompline.websocket.tyrus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stompline.websocket.stream.ForwardingConnection;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RetiredStreamsTest {
    private static final byte[] BYTES = {1, 2, 3};

    private final List<String> calls = new ArrayList<>();

    /** What happens while a thread is inside a stream of the container. */
    private Inside inside = () -> {};

    private RetiredStreams connection;

    private interface Inside {
        void run() throws Exception;
    }

    @BeforeEach
    void open() throws IOException {
        ServletInputStream input = new ForwardingConnection.Input(null) {
            @Override
            public int read(byte[] into, int offset, int size) {
                use("read");
                return size;
            }

            @Override
            public int available() {
                use("available");
                return 1;
            }

            @Override
            public boolean isReady() {
                use("ready to read");
                return true;
            }
        };
        ServletOutputStream output = new ForwardingConnection.Output(null) {
            @Override
            public void write(byte[] from, int offset, int size) {
                use("write");
            }

            @Override
            public void flush() {
                use("flush");
            }

            @Override
            public boolean isReady() {
                use("ready to write");
                return false;
            }
        };
        connection = new RetiredStreams(
                StandIn.of(
                        WebConnection.class,
                        Map.of(
                                "getInputStream", unused -> input,
                                "getOutputStream", unused -> output,
                                "close", unused -> noteClosed())),
                Optional::empty);
    }

    @Test
    void retiredStreams_unusedConnection_isClosedAtOnceAndOnce() throws Exception {
        connection.close();
        connection.close();
        assertThat(calls).containsExactly("closed");
    }

    @Test
    void retiredStreams_openConnection_areUsed() throws Exception {
        use();
        assertThat(calls).containsExactly("available", "read", "ready to read", "write", "flush", "ready to write");
    }

    @Test
    void retiredStreams_closeWhileAThreadIsInside_isCarriedOutWhenItLeaves() throws Exception {
        for (Inside use : List.<Inside>of(
                () -> connection.getInputStream().read(BYTES),
                () -> connection.getInputStream().available(),
                () -> connection.getInputStream().isReady(),
                () -> connection.getOutputStream().write(BYTES),
                () -> connection.getOutputStream().flush(),
                () -> connection.getOutputStream().isReady())) {
            open();
            calls.clear();
            inside = connection::close;
            use.run();
            assertThat(calls).hasSize(2).endsWith("closed");
        }
    }

    @Test
    void retiredStreams_closeWhileTwoAreInside_waitsForTheLast() throws Exception {
        inside = () -> {
            inside = connection::close;
            connection.getOutputStream().write(BYTES);
            assertThat(calls).containsExactly("read", "write");
        };
        assertThat(connection.getInputStream().read(BYTES)).isEqualTo(BYTES.length);
        assertThat(calls).containsExactly("read", "write", "closed");
    }

    @Test
    void retiredStreams_closedConnection_failAtOnceWithoutTouchingTheContainer() throws Exception {
        connection.close();
        assertThatThrownBy(() -> connection.getInputStream().read(BYTES)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> connection.getOutputStream().write(BYTES)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> connection.getOutputStream().flush()).isInstanceOf(IOException.class);
        assertThat(connection.getInputStream().available()).isZero();
        assertThat(connection.getInputStream().isReady()).isFalse();
        assertThat(connection.getOutputStream().isReady()).isTrue();
        assertThat(calls).containsExactly("closed");
    }

    private void use() throws IOException {
        assertThat(connection.getInputStream().available()).isOne();
        assertThat(connection.getInputStream().read(BYTES)).isEqualTo(BYTES.length);
        assertThat(connection.getInputStream().isReady()).isTrue();
        connection.getOutputStream().write(BYTES);
        connection.getOutputStream().flush();
        assertThat(connection.getOutputStream().isReady()).isFalse();
    }

    private Object noteClosed() {
        calls.add("closed");
        return calls;
    }

    /** Notes a call, then lets happen what is to happen inside it. */
    private void use(String call) {
        calls.add(call);
        try {
            inside.run();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
