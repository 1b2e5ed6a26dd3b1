import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { FakeNetwork, OPENING, until } from './fake-network.mjs';
import { pass, settle, stopClocks } from './fake-server.mjs';
import { StomplineSocket } from './modules.mjs';

const OPEN = `event: open\ndata: ${JSON.stringify(OPENING)}\n\n:${' '.repeat(2048)}\n\n:\n\n`;
const SESSION = '/stomp/http/node.1';
const POLL = `${SESSION}/poll`;
const CLOSE = `${SESSION}/close`;

let network;
let events;

beforeEach(() => {
  stopClocks();
  network = new FakeNetwork();
  network.answer(SESSION, 204);
  events = [];
});

function socketBy(transport) {
  const socket = new StomplineSocket('https://chat.example/stomp?key=1', { transports: [transport] });
  socket.onopen = () => events.push('open');
  socket.onmessage = ({ data }) => events.push(data);
  socket.onclose = ({ code, reason, wasClean }) => events.push({ code, reason, wasClean });
  return socket;
}

async function openStream() {
  const socket = socketBy('sse');
  await until(() => network.requests.length === 1);
  const stream = network.requests[0];
  stream.stream(OPEN);
  await until(() => events.length === 1);
  return { socket, stream };
}

async function openPoll() {
  const socket = socketBy('poll');
  network.answer('/stomp/http', JSON.stringify(OPENING));
  await until(() => network.to(POLL).length === 1);
  return socket;
}

/** Waits until that many requests were made to the path; gives the last. */
async function request(path, number) {
  await until(() => network.to(path).length === number);
  return network.to(path).at(-1);
}

const bodies = () => network.up.map(({ query, body }) => [query, body]);
const send = (socket, ...texts) => texts.forEach((text) => socket.send(text));
const lost = (reason) => ({ code: 1006, reason, wasClean: false });

test('the opening is a POST without octets, and the secret goes in a header only', async () => {
  const { socket } = await openStream();
  const [opening] = network.requests;
  assert.deepEqual(
    [opening.method, opening.path, opening.query, opening.body],
    ['POST', '/stomp/http', '?key=1', ''],
  );
  assert.deepEqual(opening.headers, { 'Content-Type': 'application/stomp', Accept: 'text/event-stream' });

  send(socket, 'SEND\n\n\0');
  const up = await request(SESSION, 1);
  assert.deepEqual(up.headers, { 'Content-Type': 'application/stomp', 'Stompline-Secret': OPENING.secret });
  for (const each of network.requests) {
    assert.deepEqual([each.credentials, each.redirect], ['same-origin', 'error']);
    assert.doesNotMatch(decodeURIComponent(each.path + each.query), /secret/);
  }
});

test('events may be cut anywhere', async () => {
  const { stream } = await openStream();
  const all = new TextEncoder().encode(
    'data: größe \u{1F600}\ndata:  a blank\ndata: \ndata: \0\n\n:\n\nevent: b\ndata: AP8N\n\ndata: \ndata: \n\nevent: other\ndata: x\n\n',
  );
  for (const octet of all) {
    stream.push(Uint8Array.of(octet));
  }
  await until(() => events.length === 4);
  assert.deepEqual(events.slice(1), ['größe \u{1F600}\n a blank\n\n\0', Uint8Array.of(0, 255, 13).buffer, '\n']);
});

test('several events of one piece come in order', async () => {
  const { stream } = await openStream();
  stream.push('data: 1\n\ndata: 2\n\nevent: close\ndata: {"code":1012,"reason":"it restarts"}\n\ndata: late\n\n');
  await until(() => events.length === 4);
  await settle();
  assert.deepEqual(events, ['open', '1', '2', { code: 1012, reason: 'it restarts', wasClean: true }]);
});

test('a stream that ends without a word is a lost connection', async () => {
  const { socket, stream } = await openStream();
  stream.end();
  await until(() => events.length === 2);
  assert.deepEqual(events[1], lost('the stream ended'));
  socket.send('too late');
  await settle();
  assert.equal(network.up.length, 0);
});

test('what is sent goes up in order, one request at a time, and what waits goes together', async () => {
  const { socket } = await openStream();
  network.answer(SESSION);
  send(socket, 'a', 'ä');
  const first = await request(SESSION, 1);
  send(socket, 'b', Uint8Array.of(0, 99), new Blob(['d']));
  await settle();
  assert.equal(network.to(SESSION).length, 1);
  first.answer(204);
  (await request(SESSION, 2)).answer(204);
  assert.deepEqual(bodies(), [['?key=1&n=1', 'aä'], ['?key=1&n=2', 'b\0cd']]);
});

test('octets that their owner changes afterwards are sent as they were', async () => {
  const { socket } = await openStream();
  const octets = Uint8Array.of(97);
  socket.send(octets);
  octets[0] = 98;
  await until(() => network.up.length === 1);
  assert.equal(network.up[0].body, 'a');
});

test('a long frame is cut, and what the server does not take is cut again', async () => {
  const { socket } = await openStream();
  const frame = 'x'.repeat(100_000);
  network.answer(SESSION, 413, 413, 204);
  send(socket, frame, 'y');
  await until(() => network.up.length === 7);
  assert.equal(network.up.map(({ body }) => body).join(''), `${frame}y`);
  assert.deepEqual(
    network.to(SESSION).map(({ query, body }) => [query, body.length]),
    [
      ['?key=1&n=1', 65_536],
      ['?key=1&n=1', 32_768],
      ['?key=1&n=1', 16_384],
      ...[2, 3, 4, 5, 6].map((n) => [`?key=1&n=${n}`, 16_384]),
      ['?key=1&n=7', 1697],
    ],
  );
});

test('a server that takes nothing is given up with the code of a message that is too large', async () => {
  const { socket } = await openStream();
  network.answer(SESSION, 413);
  send(socket, 'x');
  await until(() => events.length === 2);
  assert.deepEqual(events[1], { code: 1009, reason: 'HTTP 413', wasClean: false });
});

for (const [name, answer, millis] of [
  ['a network failure', (request) => request.fail(), 1000],
  ['503', (request) => request.answer(503, { 'Retry-After': '3' }), 3000],
  ['503 with a date', (request) => request.answer(503, { 'Retry-After': 'Mon, 07 Dec 2026 12:00:00 GMT' }), 1000],
  ['502', 502, 1000],
  ['409', 409, 1000],
  ['408', 408, 1000],
  ['429', 429, 1000],
]) {
  test(`after ${name} the same is sent again, and nothing overtakes it`, async () => {
    const { socket } = await openStream();
    network.answer(SESSION, answer, 204);
    send(socket, 'a');
    await request(SESSION, 1);
    send(socket, 'b');
    await settle();
    await pass(millis - 1);
    assert.equal(network.to(SESSION).length, 1);
    await pass(1);
    await until(() => network.up.length === 2);
    assert.deepEqual(network.to(SESSION).map(({ query, body }) => [query, body]), [
      ['?key=1&n=1', 'a'],
      ['?key=1&n=1', 'a'],
      ['?key=1&n=2', 'b'],
    ]);
  });
}

test('a server that takes nothing for 30 s is given up', async () => {
  const { socket, stream } = await openStream();
  network.answer(SESSION, 502);
  send(socket, 'a');
  for (let second = 0; events.length === 1; second++) {
    assert.ok(second <= 31);
    await request(SESSION, second + 1);
    await settle();
    await pass(1000);
  }
  assert.deepEqual(events[1], lost('HTTP 502'));
  assert.equal(network.to(SESSION).length, 31);
  assert.ok(stream.isAborted);
});

for (const status of [400, 403, 404, 410]) {
  test(`a session that the server refuses with ${status} is over`, async () => {
    const { socket } = await openStream();
    network.answer(SESSION, status);
    send(socket, 'a');
    await until(() => events.length === 2);
    assert.deepEqual(events[1], lost(`HTTP ${status}`));
    assert.equal(network.to(SESSION).length, 1);
  });
}

test('close sends what waits, then leaves, and ends when the server confirms it', async () => {
  const { socket, stream } = await openStream();
  network.answer(SESSION);
  send(socket, 'a');
  const up = await request(SESSION, 1);
  send(socket, 'b');
  socket.close();
  assert.equal(socket.readyState, 2);
  socket.send('too late');
  up.answer(204);
  (await request(SESSION, 2)).answer(204);
  const leaving = await request(CLOSE, 1);
  assert.ok(leaving.keepalive);
  assert.equal(leaving.headers['Stompline-Secret'], OPENING.secret);
  assert.equal(events.length, 1);
  stream.push('event: close\ndata: {"code":1000,"reason":""}\n\n');
  await until(() => events.length === 2);
  assert.deepEqual(events[1], { code: 1000, reason: '', wasClean: true });
  assert.deepEqual(bodies().map(([, body]) => body), ['a', 'b']);
});

test('close ends well when the stream does', async () => {
  const { socket, stream } = await openStream();
  socket.close();
  await request(CLOSE, 1);
  stream.end();
  await until(() => events.length === 2);
  assert.deepEqual(events[1], { code: 1000, reason: '', wasClean: true });
});

test('close waits for 5 s at most, also for a POST that hangs', async () => {
  const { socket, stream } = await openStream();
  network.answer(SESSION);
  send(socket, 'DISCONNECT');
  await request(SESSION, 1);
  socket.close();
  await settle();
  await pass(4999);
  assert.equal(network.to(CLOSE).length, 0);
  assert.equal(events.length, 1);
  await pass(1);
  assert.deepEqual(events[1], lost('the end was not confirmed'));
  assert.ok(stream.isAborted);
  await request(CLOSE, 1);
});

test('a POST that hangs is sent again after 15 s, with the same number', async () => {
  const { socket } = await openStream();
  network.answer(SESSION);
  send(socket, 'a');
  await request(SESSION, 1);
  await pass(15_000);
  await settle();
  await settle();
  await pass(1_000);
  assert.equal((await request(SESSION, 2)).query, '?key=1&n=1');
});

test('nothing is repeated after the end', async () => {
  const { socket, stream } = await openStream();
  network.answer(SESSION, 503);
  send(socket, 'a');
  await request(SESSION, 1);
  await settle();
  await settle();
  stream.end();
  await until(() => events.length === 2);
  await pass(1_000);
  await settle();
  assert.equal(network.to(SESSION).length, 1);
});

test('a ping is answered by a POST without octets', async () => {
  const { stream } = await openStream();
  stream.push(': ping\n\n');
  assert.equal((await request(SESSION, 1)).body, '');
  assert.deepEqual(events, ['open']);
});

test('a page that goes leaves at once', async (t) => {
  const page = new EventTarget();
  globalThis.addEventListener = page.addEventListener.bind(page);
  t.after(() => delete globalThis.addEventListener);
  const { stream } = await openStream();
  page.dispatchEvent(new Event('pagehide'));
  assert.deepEqual(events[1], { code: 1001, reason: 'the page is hidden', wasClean: false });
  const leaving = await request(CLOSE, 1);
  assert.ok(leaving.keepalive);
  assert.ok(stream.isAborted);
  page.dispatchEvent(new Event('pagehide'));
  assert.equal(events.length, 2);
});

test('polls ask for one batch after the other, also after an empty one', async () => {
  const socket = await openPoll();
  assert.deepEqual(network.requests[0].headers, { 'Content-Type': 'application/stomp', Accept: 'application/json' });
  (await request(POLL, 1)).answer('data: 1\n\ndata: 2\n\n');
  (await request(POLL, 2)).answer('');
  (await request(POLL, 3)).answer('event: b\ndata: AA==\n\n');
  await request(POLL, 4);
  assert.deepEqual(events, ['open', '1', '2', Uint8Array.of(0).buffer]);
  assert.deepEqual(network.to(POLL).map(({ query }) => query), ['0', '1', '1', '2'].map((ack) => `?key=1&ack=${ack}`));
  send(socket, 'a');
  await until(() => network.up.length === 1);
});

test('a poll that fails is asked again, and nothing comes twice', async () => {
  await openPoll();
  (await request(POLL, 1)).answer('data: 1\n\n');
  for (const fail of [(poll) => poll.fail(), (poll) => poll.answer(409), (poll) => cutShort(poll)]) {
    const polls = network.to(POLL).length + 1;
    fail(await request(POLL, polls));
    await settle();
    await settle();
    await pass(1000);
    assert.equal((await request(POLL, polls + 1)).query, '?key=1&ack=1');
    network.to(POLL).at(-1).answer('');
  }
  (await request(POLL, 8)).answer('data: 2\n\n');
  await until(() => events.length === 3);
  assert.deepEqual(events, ['open', '1', '2']);
});

/** The connection ends in the middle of an answer. */
function cutShort(poll) {
  poll.stream('data: 2\n\n');
  poll.fail();
}

test('a poll that is held for 10 s longer than agreed is asked again', async () => {
  await openPoll();
  await pass(34_999);
  assert.equal(network.to(POLL)[0].isAborted, false);
  await pass(1);
  assert.ok(network.to(POLL)[0].isAborted);
  await settle();
  await pass(1000);
  await request(POLL, 2);
});

test('polls of a session that is gone end the connection', async () => {
  await openPoll();
  network.to(POLL)[0].answer(410);
  await until(() => events.length === 2);
  assert.deepEqual(events[1], lost('HTTP 410'));
});

test('polls go on while the socket closes, until the server has said so', async () => {
  const socket = await openPoll();
  socket.close();
  await request(CLOSE, 1);
  network.to(POLL)[0].answer('data: last\n\n');
  (await request(POLL, 2)).answer(410);
  await until(() => events.length === 3);
  assert.deepEqual(events, ['open', 'last', { code: 1000, reason: '', wasClean: true }]);
});

test('an opening that is no session is a lost connection', async () => {
  socketBy('poll');
  network.answer('/stomp/http', '<html>');
  await until(() => events.length === 1);
  assert.equal(events[0].code, 1006);
});
