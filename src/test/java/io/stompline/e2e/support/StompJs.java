package io.stompline.e2e.support;

import io.stompline.server.Node;
import io.stompline.server.Server;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/** Runs scripts with stompjs as it comes under Node, with a few words that such scripts share. */
public final class StompJs {
    /** A server may start meanwhile, on a busy machine. */
    private static final Duration LIMIT = Duration.ofMinutes(4);

    /**
     * What every script begins with: {@code assert}, {@code open} (a connected client), {@code receipt} (waits until
     * the server has confirmed a frame), {@code mailbox} (what is put into it is taken one by one) and {@code inbox} (one
     * with the messages of a subscription).
     */
    private static final String WORDS = """
            import assert from 'node:assert/strict';
            import { Client, Versions } from '@stomp/stompjs';
            import { StomplineSocket } from 'stompline/stompline-socket.js';
            import { WebSocket } from 'ws';
            Object.assign(globalThis, { WebSocket });
            const [url, version, transport] = process.argv.slice(2);
            const line = transport === 'websocket'
              ? { brokerURL: url }
              : { webSocketFactory: () => new StomplineSocket(url, { transports: [transport] }) };
            const open = (settings = {}) => new Promise((done) => {
              const client = new Client({
                ...line,
                stompVersions: new Versions([version]),
                connectHeaders: { host: 'localhost', login: 'user1', passcode: 'user1' },
                reconnectDelay: 0,
                onStompError: (frame) => {
                  console.log(frame.headers.message, frame.body);
                  process.exit(1);
                },
                onConnect: () => done(client),
                ...settings,
              });
              client.activate();
            });
            let receipts = 0;
            const receipt = (client, frame) => new Promise((done) => {
              const id = `receipt-${++receipts}`;
              client.watchForReceipt(id, done);
              frame({ receipt: id });
            });
            const mailbox = () => {
              const come = [], waiting = [];
              return {
                come,
                put: (thing) => { if (waiting.length) waiting.shift()(thing); else come.push(thing); },
                next: () => new Promise((done) => { if (come.length) done(come.shift()); else waiting.push(done); }),
              };
            };
            const inbox = async (client, destination, headers = {}) => {
              const box = mailbox();
              await receipt(client, (wanted) => {
                box.subscription = client.subscribe(destination, box.put, { ...headers, ...wanted });
              });
              return box;
            };
            """;

    private StompJs() {}

    /**
     * Runs a script to its end.
     *
     * @param version the one version of STOMP that its clients know
     * @return what it printed
     * @throws AssertionError with what it printed if an assertion in it fails or an ERROR frame comes
     */
    public static String run(Server server, String version, String script) throws IOException, InterruptedException {
        return run(server, version, "websocket", script);
    }

    /** As above, over that transport of {@code stompline-socket.js}; over {@code websocket} without it. */
    public static String run(Server server, String version, String transport, String script)
            throws IOException, InterruptedException {
        return run(server.stompUri(), version, transport, script);
    }

    /** As above, at that address. */
    public static String run(URI stompUri, String version, String transport, String script)
            throws IOException, InterruptedException {
        return Node.run(WORDS + script, LIMIT, stompUri.toString(), version, transport);
    }
}
