package io.stompline.e2e;

import io.stompline.e2e.support.SharedServer;
import io.stompline.server.Node;
import io.stompline.server.Python;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** webstomp-client under Node and stomp.py under Python, as they come, against default settings of the server. */
@ExtendWith(SharedServer.class)
class ClientLibrariesIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** What the scripts for webstomp-client share: the words of {@code StompJs}, in its terms. */
    private static final String WEBSTOMP = """
            import assert from 'node:assert/strict';
            import webstomp from 'webstomp-client';
            import { WebSocket } from 'ws';
            Object.assign(globalThis, { WebSocket });
            // Its log of every frame
            console.log = () => {};
            const [url] = process.argv.slice(2);
            const fail = (reason) => {
              console.error(reason.body ?? `closed with ${reason.code} ${reason.reason}`);
              process.exit(1);
            };
            const connect = (client) => new Promise((done) =>
              client.connect('user1', 'user1', () => done(client), fail));
            let receipts = 0;
            const receipt = (client, frame) => new Promise((done) => {
              const id = `receipt-${++receipts}`;
              client.onreceipt = (answer) => { if (answer.headers['receipt-id'] === id) done(); };
              frame({ receipt: id });
            });
            const inbox = async (client, destination, headers = {}) => {
              const come = [], waiting = [];
              await receipt(client, (wanted) => client.subscribe(destination, (message) => {
                if (waiting.length) waiting.shift()(message); else come.push(message);
              }, { ...headers, ...wanted }));
              return {
                next: () => new Promise((done) => {
                  if (come.length) done(come.shift()); else waiting.push(done);
                }),
              };
            };
            const leave = async (client) => {
              const closed = new Promise((done) => client.ws.addEventListener('close', done));
              client.disconnect();
              const { code, wasClean } = await closed;
              assert.ok(wasClean, `closed with ${code}`);
            };
            """;

    @TempDir
    private Path scripts;

    @Test
    void webstompClient_defaults_sendsReceivesAcknowledgesAndLeaves() throws Exception {
        runWebstomp("""
                const client = await connect(webstomp.client(url));
                assert.equal(client.version, '1.2');
                const messages = await inbox(client, '/queue/webstomp', { ack: 'client-individual' });
                const large = 'größe '.repeat(7_500);
                for (const body of ['größe \\u{1F600}', large, 'kept']) {
                  await receipt(client, (wanted) => client.send('/queue/webstomp', body, wanted));
                }
                const text = await messages.next();
                assert.equal(text.body, 'größe \\u{1F600}');
                await receipt(client, (wanted) => text.ack(wanted));
                const long = await messages.next();
                assert.equal(long.body, large);
                long.ack();
                const kept = await messages.next();
                await receipt(client, (wanted) => kept.nack(wanted));
                const again = await messages.next();
                assert.equal(again.headers.redelivered, 'true');
                await leave(client);

                const other = await connect(webstomp.client(url));
                const left = await inbox(other, '/queue/webstomp');
                assert.equal((await left.next()).body, 'kept');
                await leave(other);
                """);
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 10_000})
    void webstompClient_heartBeats_arriveOnBothSides(int millis) throws Exception {
        runWebstomp("""
                const millis = %d;
                const client = millis === 10_000 ? webstomp.client(url)
                  : webstomp.client(url, { heartbeat: { outgoing: millis, incoming: millis } });
                const wanted = new Set([`send PING every ${millis}ms`, `check PONG every ${millis}ms`]);
                // Those of the defaults would take 10 s.
                if (millis === 1_000) wanted.add('<<< PONG').add('>>> PING');
                const seen = new Promise((done) => {
                  client.debug = (line) => { if (wanted.delete(line) && wanted.size === 0) done(); };
                });
                await connect(client);
                await seen;
                await leave(client);
                """.formatted(millis));
    }

    @Test
    void stompPy_defaults_sendsReceivesAcknowledgesAndLeaves() throws Exception {
        URI server = SharedServer.uri();
        Python.run(scripts, """
                import queue, stomp, sys, threading

                class Inbox(stomp.ConnectionListener):
                    def __init__(self):
                        self.messages, self.receipts, self.left = queue.Queue(), queue.Queue(), queue.Queue()
                        self.errors = []
                    def on_message(self, frame):
                        self.messages.put(frame)
                    def on_receipt(self, frame):
                        self.receipts.put(frame.headers['receipt-id'])
                    def on_disconnected(self):
                        self.left.put(True)
                    def on_error(self, frame):
                        self.errors.append(frame)

                def connect():
                    client = stomp.WSStompConnection([(sys.argv[1], int(sys.argv[2]))], ws_path=sys.argv[3])
                    inbox = Inbox()
                    client.set_listener('', inbox)
                    client.connect('user1', 'user1', wait=True)
                    return client, inbox

                def confirmed(inbox, receipt):
                    assert inbox.receipts.get(timeout=20) == receipt

                def leave(client, inbox):
                    # After the receipt stomp.py 8.1.0 prints a TypeError: it closes a WebSocket like a socket.
                    client.disconnect()
                    assert inbox.left.get(timeout=20)
                    assert not inbox.errors, inbox.errors
                    # Python crashes if it ends while a thread of stomp.py still prints that error.
                    for other in threading.enumerate():
                        if other is not threading.current_thread():
                            other.join(20)

                client, inbox = connect()
                client.subscribe('/queue/stomp.py', id=1, ack='client-individual', receipt='subscribed')
                confirmed(inbox, 'subscribed')
                large = 'größe ' * 7_500
                for body in ['größe \\U0001F600', large, 'kept']:
                    client.send('/queue/stomp.py', body, receipt='sent')
                    confirmed(inbox, 'sent')
                text = inbox.messages.get(timeout=20)
                assert text.body == 'größe \\U0001F600', text
                client.ack(text.headers['ack'], receipt='acknowledged')
                confirmed(inbox, 'acknowledged')
                long = inbox.messages.get(timeout=20)
                assert long.body == large
                client.ack(long.headers['ack'])
                kept = inbox.messages.get(timeout=20)
                client.nack(kept.headers['ack'], receipt='refused')
                confirmed(inbox, 'refused')
                again = inbox.messages.get(timeout=20)
                assert again.headers['redelivered'] == 'true', again
                leave(client, inbox)

                other, inbox = connect()
                other.subscribe('/queue/stomp.py', id='2')
                assert inbox.messages.get(timeout=20).body == 'kept'
                leave(other, inbox)
                """, LIMIT, server.getHost(), String.valueOf(server.getPort()), server.getPath());
    }

    private static void runWebstomp(String script) throws Exception {
        Node.run(WEBSTOMP + script, LIMIT, SharedServer.uri().toString());
    }
}
