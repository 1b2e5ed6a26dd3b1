package io.stompline.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class NodeIT {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    @Test
    void node_stompJsAndWs_areFound() throws Exception {
        String printed = Node.run("""
                import { Client } from '@stomp/stompjs';
                import { WebSocket } from 'ws';
                console.log(typeof Client, typeof WebSocket, process.argv[2]);
                """, LIMIT, "argument");
        assertThat(printed.strip()).isEqualTo("function function argument");
    }

    @Test
    void node_failingModule_reportsItsOutput() {
        assertThatThrownBy(() -> Node.run("throw new Error('so it failed')", LIMIT))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("so it failed");
    }
}
