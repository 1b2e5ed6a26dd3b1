package io.stompline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.e2e.support.Clients;
import io.stompline.e2e.support.RawClient;
import io.stompline.e2e.support.ReceivedFrame;
import io.stompline.server.ServerProcess;
import org.junit.jupiter.api.Test;

/** Settings from outside, both ways. */
class SettingsIT {
    @Test
    void setting_environmentAndSystemProperties_areRead() throws Exception {
        String body = "x".repeat(2_000_000);
        try (ServerProcess server = ServerProcess.demo()
                        .environment("STOMPLINE_FRAME_MAX_BYTES", "2097152")
                        .with("stompline.subscription.max", "1")
                        .start();
                Clients clients = new Clients(server.stompUri())) {
            RawClient client = clients.subscriber("/queue/large");
            client.send("SEND\ndestination:/queue/large\n\n" + body + "\0");
            assertThat(ReceivedFrame.next(client).body()).isEqualTo(body);

            client.send("SUBSCRIBE\nid:second\ndestination:/topic/x\n\n\0");
            assertThat(ReceivedFrame.next(client).header("message")).isEqualTo("limit exceeded");
        }
    }
}
