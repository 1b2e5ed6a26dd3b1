package io.stompline.e2e;

import io.stompline.e2e.support.SharedServer;
import io.stompline.e2e.support.StompJs;
import io.stompline.server.Server;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** stompjs as it comes, in each version, under Node. */
@Tag(Server.ANY)
class StompJsIT {
    private static Server server;

    @BeforeAll
    static void start() {
        server = Server.demo()
                .with("stompline.rules.file", SharedServer.RULES)
                .with("stompline.frame.max-bytes", "1000000")
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** That of the clients that a test lets be opened as they come. */
    String transport() {
        return "websocket";
    }

    private void run(String version, String script) throws Exception {
        StompJs.run(server, version, transport(), script);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "1.1", "1.2"})
    void stompJs_textAndBytes_areExchanged(String version) throws Exception {
        run(version, """
                const client = await open();
                assert.equal(client.connectedVersion, version);
                const destination = `/topic/stompjs/${version}`;
                const texts = await inbox(client, destination);
                client.publish({ destination, body: 'größe \\u{1F600}', headers: { colour: 'red' } });
                const text = await texts.next();
                assert.equal(text.body, 'größe \\u{1F600}');
                assert.equal(text.headers.colour, 'red');
                const binaryBody = Uint8Array.from({ length: 1024 }, (_, i) => i % 256);
                client.publish({ destination, binaryBody, headers: { 'content-type': 'application/octet-stream' } });
                assert.deepEqual(new Uint8Array((await texts.next()).binaryBody), binaryBody);
                await client.deactivate();
                """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "1.1", "1.2"})
    void stompJs_textInBinaryMessages_isExchanged(String version) throws Exception {
        run(version, """
                const kinds = new Set();
                const client = await open({
                  forceBinaryWSFrames: true,
                  webSocketFactory: () => {
                    const socket = new WebSocket(url, new Versions([version]).protocolVersions());
                    socket.on('message', (data, isBinary) => kinds.add(isBinary));
                    return socket;
                  },
                });
                const texts = await inbox(client, '/topic/stompjs.forced');
                client.publish({ destination: '/topic/stompjs.forced', body: 'größe' });
                assert.equal((await texts.next()).body, 'größe');
                assert.deepEqual([...kinds], [true]);
                await client.deactivate();
                """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "1.1", "1.2"})
    void stompJs_largeFrameInPieces_arrives(String version) throws Exception {
        run(version, """
                const client = await open({ splitLargeFrames: true, maxWebSocketChunkSize: 1000 });
                const large = await inbox(client, '/topic/stompjs.large');
                const body = 'ö0123456789'.repeat(5_000);
                client.publish({ destination: '/topic/stompjs.large', body });
                assert.equal((await large.next()).body, body);
                const binaryBody = Uint8Array.from({ length: 60_000 }, (_, i) => i % 256);
                client.publish({ destination: '/topic/stompjs.large', binaryBody });
                assert.deepEqual(new Uint8Array((await large.next()).binaryBody), binaryBody);
                await client.deactivate();
                """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "1.1", "1.2"})
    void stompJs_transaction_commitsAndAborts(String version) throws Exception {
        run(version, """
                const client = await open();
                const destination = `/queue/stompjs.tx.${version}`;
                const messages = await inbox(client, destination, { ack: 'client' });
                const send = (body, transaction) =>
                  client.publish({ destination, body, headers: transaction ? { transaction: transaction.id } : {} });
                const aborted = client.begin();
                send('aborted', aborted);
                aborted.abort();
                const committed = client.begin();
                send('first', committed);
                send('before');
                assert.equal((await messages.next()).body, 'before');
                send('second', committed);
                committed.commit();
                assert.equal((await messages.next()).body, 'first');
                const second = await messages.next();
                assert.equal(second.body, 'second');
                // Acknowledged in a transaction that is aborted: still there for the next client.
                const undone = client.begin();
                second.ack({ transaction: undone.id });
                undone.abort();
                await client.deactivate();
                const other = await open();
                const again = await inbox(other, destination);
                for (const body of ['before', 'first', 'second']) {
                  const message = await again.next();
                  assert.equal(message.body, body);
                  assert.equal(message.headers.redelivered, 'true');
                }
                await other.deactivate();
                """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "1.1", "1.2"})
    void stompJs_ackClientIndividual_settlesOne(String version) throws Exception {
        run(version, """
                const client = await open();
                const destination = `/queue/stompjs.ack.${version}`;
                const messages = await inbox(client, destination, { ack: 'client-individual' });
                client.publish({ destination, body: 'kept' });
                client.publish({ destination, body: 'done' });
                const kept = await messages.next();
                const done = await messages.next();
                await receipt(client, (wanted) => done.ack(wanted));
                // There is no NACK in 1.0.
                if (version !== '1.0') {
                  await receipt(client, (wanted) => kept.nack(wanted));
                  const again = await messages.next();
                  assert.equal(again.body, 'kept');
                  assert.equal(again.headers.redelivered, 'true');
                }
                await client.deactivate();
                const other = await open();
                const left = await inbox(other, destination);
                other.publish({ destination, body: 'last' });
                assert.equal((await left.next()).body, 'kept');
                assert.equal((await left.next()).body, 'last');
                await other.deactivate();
                """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "1.1", "1.2"})
    void stompJs_unsubscribe_endsItsMessages(String version) throws Exception {
        run(version, """
                const client = await open();
                const leaving = await inbox(client, '/topic/stompjs.leave');
                const staying = await inbox(client, '/topic/stompjs.leave');
                await receipt(client, (wanted) => leaving.subscription.unsubscribe(wanted));
                client.publish({ destination: '/topic/stompjs.leave', body: 'hello' });
                assert.equal((await staying.next()).body, 'hello');
                assert.equal(leaving.come.length, 0);
                await client.deactivate();
                """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "1.1", "1.2"})
    void stompJs_sentBeforeDisconnect_isNotLost(String version) throws Exception {
        run(version, """
                const receiver = await open();
                const messages = await inbox(receiver, '/queue/stompjs.flush');
                const sender = await open();
                for (let i = 0; i < 500; i++) {
                  sender.publish({ destination: '/queue/stompjs.flush', body: `${i}` });
                }
                await sender.deactivate();
                for (let i = 0; i < 500; i++) {
                  assert.equal((await messages.next()).body, `${i}`);
                }
                await receiver.deactivate();
                """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1", "1.2"})
    void stompJs_heartBeats_keepTheConnection(String version) throws Exception {
        run(version, """
                const beats = { '<<< PONG': 0, '>>> PING': 0 };
                await new Promise((done, failed) => open({
                  heartbeatIncoming: 1000,
                  heartbeatOutgoing: 1000,
                  onWebSocketClose: () => failed(new Error('the connection was closed')),
                  debug: (line) => {
                    if (line in beats) beats[line]++;
                    if (Object.values(beats).every((count) => count > 4)) done();
                  },
                }));
                process.exit(0);
                """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1", "1.2"})
    void stompJs_heartBeatsMissing_reconnects(String version) throws Exception {
        run(version, """
                let sockets = 0;
                let connects = 0;
                await new Promise((done) => {
                  open({
                    heartbeatIncoming: 1000,
                    reconnectDelay: 100,
                    discardWebsocketOnCommFailure: true,
                    webSocketFactory: () => {
                      const socket = new WebSocket(url, new Versions([version]).protocolVersions());
                      const deaf = ++sockets === 1;
                      socket.on('message', () => { if (deaf) socket.pause(); });
                      return socket;
                    },
                    onConnect: () => { if (++connects === 2) done(); },
                  });
                });
                process.exit(0);
                """);
    }

    @Test
    void stompjs_defaults_connectWithoutHostInTheNewestVersion() throws Exception {
        run("1.2", """
                const client = new Client({ ...line, connectHeaders: { login: 'user1', passcode: 'user1' } });
                await new Promise((done) => Object.assign(client, { onConnect: done }).activate());
                assert.equal(client.connectedVersion, '1.2');
                await client.deactivate();
                """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "1.1", "1.2"})
    void stompjs_ackWithTheHeadersOfTheMessage_settlesIt(String version) throws Exception {
        run(version, """
                const client = await open();
                const destination = `/queue/stompjs.headers.${version}`;
                const messages = await inbox(client, destination, { ack: 'client-individual' });
                const headers = { 'correlation-id': 'c1', 'content-type': 'text/plain', colour: 'red: größe' };
                client.publish({ destination, body: 'done größe', headers });
                client.publish({ destination, body: 'kept größe', headers });
                const done = await messages.next();
                done.ack(done.headers);
                const kept = await messages.next();
                // There is no NACK in 1.0.
                if (version !== '1.0') {
                  kept.nack(kept.headers);
                  const again = await messages.next();
                  assert.equal(again.body, 'kept größe');
                  assert.equal(again.headers.redelivered, 'true');
                }
                // The connection lives, and the first message is gone.
                await receipt(client, (wanted) => messages.subscription.unsubscribe(wanted));
                await client.deactivate();
                const other = await open();
                assert.equal((await (await inbox(other, destination)).next()).body, 'kept größe');
                await other.deactivate();
                """);
    }

    @Test
    void stompjs_splitLargeFrames_carriesLongTextAndBytes() throws Exception {
        run("1.2", """
                const destination = '/topic/stompjs.split';
                for (const forceBinaryWSFrames of [false, true]) {
                  const client = await open({ splitLargeFrames: true, forceBinaryWSFrames });
                  const large = await inbox(client, destination);
                  const body = 'ö23456789 '.repeat(30_000);
                  client.publish({ destination, body });
                  assert.equal((await large.next()).body, body);
                  const binaryBody = Uint8Array.from({ length: 300_000 }, (_, i) => i % 256);
                  client.publish({ destination, binaryBody });
                  assert.deepEqual(new Uint8Array((await large.next()).binaryBody), binaryBody);
                  await client.deactivate();
                }
                """);
    }

    @Test
    void stompjs_appendMissingNullOnIncoming_changesNothing() throws Exception {
        run("1.2", """
                const client = await open({ appendMissingNULLonIncoming: true });
                const messages = await inbox(client, '/topic/stompjs.null');
                for (const body of ['first', 'größe '.repeat(7_500), '']) {
                  client.publish({ destination: '/topic/stompjs.null', body });
                  assert.equal((await messages.next()).body, body);
                }
                await client.deactivate();
                """);
    }
}
