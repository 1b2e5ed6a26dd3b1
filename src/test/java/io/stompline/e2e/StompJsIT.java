package io.stompline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompline.server.Node;
import io.stompline.server.ServerProcess;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** stompjs as it comes, in each version, under Node. */
class StompJsIT {
    @Test
    void exchangesMessagesInEveryVersion() throws Exception {
        try (ServerProcess server = ServerProcess.demo().start()) {
            String printed =
                    Node.run("""
                    import { Client, Versions } from '@stomp/stompjs';
                    import { WebSocket } from 'ws';
                    Object.assign(globalThis, { WebSocket });
                    const oldest = [['1.0'], ['1.1', '1.0'], ['1.2', '1.1', '1.0']];
                    for (const versions of oldest) {
                      await new Promise((done, failed) => {
                        const client = new Client({
                          brokerURL: process.argv[2],
                          stompVersions: new Versions(versions),
                          connectHeaders: { login: 'user1', passcode: 'user1' },
                          onStompError: (frame) => failed(new Error(frame.headers.message + ': ' + frame.body)),
                          onConnect: () => {
                            client.subscribe('/queue/stompjs', async (message) => {
                              message.ack();
                              console.log(client.connectedVersion, message.body);
                              await client.deactivate();
                              done();
                            }, { ack: 'client-individual' });
                            client.publish({ destination: '/queue/stompjs', body: 'größe' });
                          },
                        });
                        client.activate();
                      });
                    }
                    """, Duration.ofSeconds(30), server.stompUri().toString());
            assertThat(printed.strip().lines()).containsExactly("1.0 größe", "1.1 größe", "1.2 größe");
        }
    }
}
