package io.stompline.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class HttpPortTest {
    private final InetAddress loopback = InetAddress.getLoopbackAddress();

    @Test
    void port_anotherProcessHasIt_isNamedWithWhatToDo() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, loopback)) {
            String port = Integer.toString(other.getLocalPort());
            assertThat(HttpPort.fault(List.of("--deploy", "x.war", "--port", port), loopback))
                    .hasValueSatisfying(fault -> assertThat(fault)
                            .startsWith("cannot listen on port " + port + " of 127.0.0.1 (")
                            .endsWith("): stop what runs there, or take another port with --port"));
        }
    }

    @Test
    void port_free_isNoFault() {
        List<String> options = List.of("--port", Integer.toString(FreePorts.next()));
        assertThat(HttpPort.fault(options, loopback)).isEmpty();
        assertThat(HttpPort.fault(options, loopback)).as("and stays free").isEmpty();
    }

    /** Who waits for the server tries again and again: it would be let in, and cut off. */
    @Test
    void port_whileItIsLookedAt_takesNoConnection() {
        int port = FreePorts.next();
        List<String> options = List.of("--port", Integer.toString(port));
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<Boolean> letIn = CompletableFuture.supplyAsync(() -> connects(port, over));
        for (int i = 0; i < 1_000; i++) {
            assertThat(HttpPort.fault(options, loopback)).isEmpty();
        }
        over.set(true);
        assertThat(letIn.join()).isFalse();
    }

    private boolean connects(int port, AtomicBoolean over) {
        while (!over.get()) {
            try (Socket socket = new Socket(loopback, port)) {
                return socket.getLocalPort() != port;
            } catch (IOException refused) {
                // as it should be
            }
        }
        return false;
    }

    @Test
    void port_payaraLooksForOneOrRefusesIt_isNoFault() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, loopback)) {
            String port = Integer.toString(other.getLocalPort());
            assertThat(HttpPort.fault(List.of("--port", port, "--autobindhttp"), loopback))
                    .isEmpty();
        }
        assertThat(HttpPort.fault(List.of("--port", "http"), loopback)).isEmpty();
        assertThat(HttpPort.fault(List.of("--port", "70000"), loopback)).isEmpty();
    }
}
