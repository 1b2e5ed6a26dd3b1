import assert from 'node:assert/strict';
import { beforeEach, mock, test } from 'node:test';
import { FakeNetwork, OPENING, until } from './fake-network.mjs';
import { pass, settle, stopClocks } from './fake-server.mjs';
import { Client, StomplineSocket } from './modules.mjs';

const OPEN = `event: open\ndata: ${JSON.stringify(OPENING)}\n\n`;
const HOUR_MILLIS = 3_600_000;

let network;
let url;
let endpoints = 0;

beforeEach(() => {
  stopClocks();
  network = new FakeNetwork();
  // One of its own for each test: a page remembers what works where.
  url = `wss://host-${++endpoints}.example/stomp`;
});

/** A socket whose events are kept, and that sends CONNECT when it is open. */
async function open(options) {
  const socket = new StomplineSocket(url, options);
  const events = [];
  Object.assign(socket, {
    events,
    onopen() {
      events.push('open');
      socket.send('CONNECT\n\n\0');
    },
    onmessage: ({ data }) => events.push(data),
    onerror: () => events.push('error'),
    onclose: ({ code, reason, wasClean }) => events.push({ code, reason, wasClean }),
  });
  await settle();
  return socket;
}

const opening = async (number = 1) => {
  await until(() => network.to('/stomp/http').length === number);
  return network.to('/stomp/http').at(-1);
};

/** Comes to a connection by events, as a network without WebSockets lets it. */
async function openBySse(options) {
  network.answer('/stomp/http/node.1', 204);
  const socket = await open(options);
  network.webSocket.end();
  const stream = await opening(network.to('/stomp/http').length + 1);
  stream.stream(OPEN, 'data: CONNECTED\ndata: \ndata: \0\n\n');
  await until(() => socket.events.includes('CONNECTED\n\n\0'));
  return { socket, stream };
}

test('the socket is a WebSocket where one gets through', async () => {
  const socket = await open();
  const { webSocket } = network;
  assert.equal(webSocket.url, url);
  assert.deepEqual(webSocket.protocols, ['v12.stomp', 'v11.stomp', 'v10.stomp']);
  assert.equal(socket.readyState, 0);
  assert.throws(() => socket.send('early'), { name: 'InvalidStateError' });
  webSocket.open();
  webSocket.receive('CONNECTED\n\n\0');
  const { buffer } = Uint8Array.of(1, 2);
  webSocket.receive(buffer);
  socket.send(buffer);
  await pass(60_000);
  assert.deepEqual(webSocket.sent, ['CONNECT\n\n\0', buffer]);
  assert.equal(socket.readyState, 1);

  socket.close();
  assert.equal(socket.readyState, 2);
  assert.ok(webSocket.isClosed);
  webSocket.end({ code: 1000, reason: 'bye', wasClean: true });
  assert.deepEqual(socket.events, ['open', 'CONNECTED\n\n\0', buffer, { code: 1000, reason: 'bye', wasClean: true }]);
  assert.equal(socket.readyState, 3);
  assert.equal(network.requests.length, 0);
});

for (const given of ['http://a.example/b/../stomp', new URL('ws://a.example/stomp')]) {
  test(`the socket takes ${given instanceof URL ? 'a URL' : 'the address of a page'}`, () => {
    assert.equal(new StomplineSocket(given).url, 'ws://a.example/stomp');
  });
}

test('the socket takes an address below the page', (t) => {
  globalThis.document = { baseURI: 'https://a.example/app/chat.html' };
  t.after(() => delete globalThis.document);
  assert.equal(new StomplineSocket('stomp').url, 'wss://a.example/app/stomp');
});

test('a WebSocket that is refused makes room for events at once', async () => {
  const { socket } = await openBySse();
  assert.deepEqual(socket.events, ['open', 'CONNECTED\n\n\0']);
  assert.deepEqual(network.up.map(({ body }) => body), ['CONNECT\n\n\0']);
});

test('a browser without WebSocket begins with events', async () => {
  delete globalThis.WebSocket;
  await open();
  assert.equal((await opening()).headers.Accept, 'text/event-stream');
});

test('a WebSocket has 4 s to open', async () => {
  await open();
  await pass(3_999);
  assert.equal(network.requests.length, 0);
  await pass(1);
  assert.ok(network.webSocket.isClosed);
  await opening();
});

test('a WebSocket that opens and brings nothing within 8 s is given up, and what was sent is sent again', async () => {
  network.answer('/stomp/http/node.1', 204);
  const socket = await open();
  network.webSocket.open();
  await pass(7_999);
  assert.equal(network.requests.length, 0);
  await pass(1);
  assert.ok(network.webSocket.isClosed);
  (await opening()).stream(OPEN);
  await until(() => network.up.length === 1);
  assert.equal(network.up[0].body, 'CONNECT\n\n\0');
  assert.deepEqual(socket.events, ['open']);
});

for (const [name, end] of [
  ['brings nothing', () => pass(8_000)],
  ['is lost', async () => network.webSocket.end()],
]) {
  test(`a ticket is shown once: a WebSocket that ${name} ends the socket, and the next one begins with events`, async () => {
    const socket = await open();
    socket.onopen = () => socket.send('CONNECT\nlogin:\npasscode:ticket~abc\n\n\0');
    network.webSocket.open();
    await end();
    assert.equal(socket.readyState, 3);
    assert.equal(network.requests.length, 0);
    await open();
    await opening();
  });
}

test('events have 3 s to begin, and polls take over', async () => {
  network.answer('/stomp/http/node.1', 204);
  const socket = await open();
  network.webSocket.end();
  const stream = await opening();
  // A virus scanner shows it when it has ended.
  await pass(2_999);
  assert.equal(stream.isAborted, false);
  await pass(1);
  assert.ok(stream.isAborted);
  const poll = await opening(2);
  assert.equal(poll.headers.Accept, 'application/json');
  poll.answer(JSON.stringify(OPENING));
  await until(() => network.up.length === 1);
  await until(() => network.to('/stomp/http/node.1/poll').length === 1);
  network.to('/stomp/http/node.1/poll')[0].answer('data: CONNECTED\ndata: \ndata: \0\n\n');
  await until(() => socket.events.length === 2);
  assert.deepEqual(socket.events, ['open', 'CONNECTED\n\n\0']);
  await pass(60_000);
  assert.equal(network.to('/stomp/http').length, 2);
});

test('events that begin and bring nothing within 8 s make room for polls, and their session is left', async () => {
  network.answer('/stomp/http/node.1', 204);
  await open({ transports: ['sse', 'poll'] });
  (await opening()).stream(OPEN);
  await until(() => network.up.length === 1);
  await pass(8_000);
  await opening(2);
  assert.equal(network.to('/stomp/http/node.1/close').length, 1);
});

test('where nothing gets through, the last failure is that of the socket, and nothing is remembered', async () => {
  const socket = await open();
  network.webSocket.end();
  (await opening(1)).fail();
  (await opening(2)).fail();
  await until(() => socket.readyState === 3);
  assert.deepEqual(socket.events, ['error', { code: 1006, reason: 'TypeError: Failed to fetch', wasClean: false }]);
  await open();
  assert.equal(network.webSockets.length, 2);
});

test('the only transport has all the time', async () => {
  const socket = await open({ transports: ['websocket'] });
  await pass(60_000);
  network.webSocket.open();
  network.webSocket.receive('CONNECTED\n\n\0');
  assert.deepEqual(socket.events, ['open', 'CONNECTED\n\n\0']);
});

test('a server that has too much to do is asked once, and says when to come back', async () => {
  const socket = await open();
  network.webSocket.end();
  (await opening()).answer(503, { 'Retry-After': '7' });
  await until(() => socket.readyState === 3);
  assert.deepEqual(socket.events, [
    'error',
    { code: 1013, reason: 'HTTP 503; retry after 7000 ms', wasClean: false },
  ]);
  assert.equal(network.requests.length, 1);
});

test('a server that refuses the page is asked once', async () => {
  const socket = await open();
  network.webSocket.end();
  (await opening()).answer(403);
  await until(() => socket.readyState === 3);
  assert.deepEqual(socket.events.at(-1), { code: 1006, reason: 'HTTP 403', wasClean: false });
  assert.equal(network.requests.length, 1);
});

test('a server that ends the WebSocket with a word is not asked in another way', async () => {
  const socket = await open();
  network.webSocket.open();
  network.webSocket.end({ code: 1012, reason: 'the server restarts', wasClean: true });
  assert.deepEqual(socket.events, ['open', { code: 1012, reason: 'the server restarts', wasClean: true }]);
  assert.equal(network.requests.length, 0);
});

test('a connection that is lost later ends the socket', async () => {
  const socket = await open();
  network.webSocket.open();
  network.webSocket.receive('CONNECTED\n\n\0');
  network.webSocket.end();
  assert.deepEqual(socket.events.slice(2), ['error', { code: 1006, reason: '', wasClean: false }]);
  assert.equal(network.requests.length, 0);
});

test('what worked is what the tab begins with for an hour, and no longer', async () => {
  await openBySse();
  await pass(HOUR_MILLIS - 1);
  await open();
  await opening(2);
  await pass(1);
  await open();
  assert.equal(network.to('/stomp/http').length, 2);
});

test('what the tab begins with is not remembered for longer because it works', async () => {
  await openBySse();
  await pass(HOUR_MILLIS / 2);
  const again = await open();
  (await opening(2)).stream(OPEN, 'data: CONNECTED\ndata: \ndata: \0\n\n');
  await until(() => again.events.length === 2);
  await pass(HOUR_MILLIS / 2);
  await open();
  assert.equal(network.requests.filter(({ path }) => path === '/stomp/http').length, 2);
});

test('each server has its own', async () => {
  await openBySse();
  url = 'wss://other.example/stomp';
  await open();
  assert.equal(network.webSockets.at(-1).url, url);
});

test('sessionStorage keeps it over a reload, and a page that may not use it works too', async (t) => {
  const kept = {};
  Object.defineProperty(globalThis, 'sessionStorage', { value: kept, configurable: true });
  t.after(() => delete globalThis.sessionStorage);
  await openBySse();
  assert.match(kept[`stompline-transport ${url}`], /^\d+ sse true$/);

  Object.defineProperty(globalThis, 'sessionStorage', {
    get() {
      throw new DOMException('no', 'SecurityError');
    },
    configurable: true,
  });
  await openBySse();
  const full = new Proxy({}, { set: () => assert.fail('full') });
  Object.defineProperty(globalThis, 'sessionStorage', { value: full, configurable: true });
  await openBySse();
});

test('a client without patience comes to polls at its next attempt', async () => {
  const first = await open();
  network.webSocket.open();
  await pass(8_000);
  (await opening()).stream();
  await pass(3_000);
  await opening(2);
  first.close();
  await until(() => first.readyState === 3);
  await open();
  assert.equal((await opening(3)).headers.Accept, 'application/json');
});

test('a transport that the server does not know is not begun with again', async () => {
  const first = await open();
  await pass(4_000);
  (await opening()).answer(404);
  await until(() => first.readyState === 3);
  await open();
  assert.equal(network.webSockets.length, 2);
});

test('a page that begins with HTTP tries a WebSocket beside it, once, and takes one for the next connection', async () => {
  await openBySse();
  assert.equal(network.webSockets.length, 1);
  const page = await import('../../../target/node/node_modules/stompline/stompline-socket.js?loaded-again');
  const socket = new page.StomplineSocket(url);
  const stream = await opening(2);
  assert.equal(network.webSockets.length, 2);
  network.webSocket.open();
  stream.stream(OPEN, 'data: CONNECTED\ndata: \ndata: \0\n\n');
  await until(() => socket.readyState === 1);
  await pass(4_000);
  assert.ok(network.webSocket.isClosed);

  await open();
  assert.equal(network.webSockets.length, 3);
  assert.equal(network.to('/stomp/http').length, 2);
});

test('a socket that is closed before it is open ends', async () => {
  const connecting = await open();
  connecting.close();
  network.webSocket.end();
  assert.deepEqual(connecting.events, ['error', { code: 1006, reason: '', wasClean: false }]);

  const socket = new StomplineSocket(url);
  const ended = mock.fn();
  socket.onclose = ended;
  socket.close();
  await settle();
  assert.equal(ended.mock.callCount(), 1);
  assert.equal(network.requests.length, 0);
});

test('listeners are called beside the callbacks, and a failing callback ends nothing', async (t) => {
  const failures = [];
  // As Node.js reports the exception of a listener
  const runner = process.rawListeners('uncaughtException');
  process.removeAllListeners('uncaughtException');
  process.on('uncaughtException', ({ message }) => failures.push(message));
  t.after(() => {
    process.removeAllListeners('uncaughtException');
    runner.forEach((listener) => process.on('uncaughtException', listener));
  });
  const { socket, stream } = await openBySse();
  const heard = [];
  socket.addEventListener('message', ({ data }) => heard.push(data));
  socket.onmessage = () => assert.fail('of the page');
  stream.push('data: one\n\n');
  await until(() => failures.length === 1);
  socket.onmessage = null;
  stream.push('data: two\n\n');
  await until(() => heard.length === 2);
  assert.deepEqual([heard, failures], [['one', 'two'], ['of the page']]);
});

test('stompjs takes it for a WebSocket', async () => {
  network.answer('/stomp/http/node.1', 204);
  const client = new Client({
    webSocketFactory: () => new StomplineSocket(url, { transports: ['sse'] }),
    heartbeatIncoming: 0,
    heartbeatOutgoing: 0,
    reconnectDelay: 0,
  });
  const got = [];
  client.onConnect = () => client.subscribe('/topic/a', ({ body, binaryBody }) => got.push(body, binaryBody.length), { id: '1' });
  client.activate();
  const stream = await opening();
  stream.stream(OPEN, 'data: CONNECTED\ndata: version:1.2\ndata: \ndata: \0\n\n');
  await until(() => network.up.length === 2);
  assert.match(network.up[1].body, /^SUBSCRIBE\n/);
  const message = new TextEncoder().encode('MESSAGE\nsubscription:1\nmessage-id:1\ndestination:/topic/a\n\nä\r\0');
  stream.push(`event: b\ndata: ${btoa(String.fromCharCode(...message))}\n\n`);
  await until(() => got.length === 2);
  assert.deepEqual(got, ['ä\r', 3]);

  client.deactivate();
  await until(() => network.up.length === 3);
  const [, receipt] = /receipt:(.*)/.exec(network.up[2].body);
  stream.push(`data: RECEIPT\ndata: receipt-id:${receipt}\ndata: \ndata: \0\n\n`);
  await until(() => network.to('/stomp/http/node.1/close').length === 1);
  stream.push('event: close\ndata: {"code":1000,"reason":""}\n\n');
  await until(() => !client.webSocket);
});
