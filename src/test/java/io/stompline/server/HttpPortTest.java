package io.stompline.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
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
