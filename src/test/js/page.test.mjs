import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { FakeServer, pass, settle, stopClocks } from './fake-server.mjs';

let server;
let page;
let workers;

beforeEach(() => {
  stopClocks();
  server = new FakeServer();
  workers = [];
  page = Object.assign(new EventTarget(), { hidden: false });
  const browser = new EventTarget();
  globalThis.document = page;
  globalThis.addEventListener = browser.addEventListener.bind(browser);
  globalThis.dispatchEvent = browser.dispatchEvent.bind(browser);
  globalThis.Worker = class {
    terminated = false;
    constructor(url) {
      this.url = url;
      workers.push(this);
    }
    postMessage(millis) {
      this.millis = millis;
    }
    terminate() {
      this.terminated = true;
    }
  };
});

afterEach(() => {
  for (const name of ['document', 'addEventListener', 'dispatchEvent', 'Worker']) {
    delete globalThis[name];
  }
});

function hide(hidden) {
  page.hidden = hidden;
  page.dispatchEvent(new Event('visibilitychange'));
}

for (const [name, wake] of Object.entries({
  'is shown': () => hide(false),
  'goes on after a freeze': () => page.dispatchEvent(new Event('resume')),
  'comes out of the history': () => dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true })),
  'has a network again': () => dispatchEvent(new Event('online')),
})) {
  test(`a page that ${name} connects at once`, async () => {
    server.isUp = false;
    const stomp = await server.page();
    await pass(60_000);
    server.isUp = true;
    wake();
    await settle();
    assert.equal(stomp.state.phase, 'connected');
  });

  test(`a page that ${name} has its connection checked`, async () => {
    const stomp = await server.page();
    wake();
    assert.deepEqual(server.frames.slice(-2).map(({ command }) => command), ['BEGIN', 'ABORT']);
    await settle();
    await pass(5000);
    assert.equal(stomp.state.phase, 'connected');
    assert.equal(server.sockets.length, 1);

    server.confirms = false;
    wake();
    wake();
    assert.equal(server.all('BEGIN').length, 2);
    await pass(4999);
    assert.equal(stomp.state.phase, 'connected');
    await pass(1);
    assert.equal(stomp.state.phase, 'waiting');
    server.confirms = true;
    await pass(1000);
    assert.equal(stomp.state.phase, 'connected');
    assert.equal(server.sockets.length, 2);
  });
}

test('any octet shows that a connection lives', async () => {
  const stomp = await server.page();
  server.confirms = false;
  hide(false);
  await pass(4000);
  server.socket.onmessage({ data: '\n' });
  await pass(60_000);
  assert.equal(stomp.state.phase, 'connected');
  assert.equal(server.sockets.length, 1);
});

test('a connection on which a slow bean is at work is left to its heart-beats', async () => {
  server.connected['heart-beat'] = '10000,0';
  const stomp = await server.page({}, { heartbeatIncoming: 10_000 });
  server.confirms = false;
  const receipt = stomp.publish('/app/slow', 'hi');
  hide(false);
  await pass(6000);
  assert.equal(stomp.state.phase, 'connected');
  await pass(14_000);
  assert.equal(server.sockets.length, 1);
  server.confirms = true;
  await pass(12_000);
  await pass(1000);
  assert.equal(server.sockets.length, 2);
  await receipt;
});

test('a token that was renewed does not keep a connection from being checked', async () => {
  server.connected['token-expires-in'] = '1000';
  await server.page({ token: async () => 'token' });
  await pass(5000);
  hide(false);
  assert.equal(server.all('BEGIN').length, 1);
});

test('a page that is back waits until the time that the server wanted', async () => {
  const stomp = await server.page();
  server.socket.end({ code: 1012, reason: 'retry after 60000 ms' });
  await pass(1000);
  hide(false);
  await settle();
  assert.equal(stomp.state.phase, 'waiting');
  await pass(58_999);
  assert.equal(stomp.state.phase, 'waiting');
  await pass(1001);
  assert.equal(stomp.state.phase, 'connected');
});

test('a page that is back does not make the next delays shorter', async () => {
  server.isUp = false;
  const stomp = await server.page();
  await pass(60_000);
  await pass(60_000);
  hide(false);
  await settle();
  const random = mock.method(Math, 'random', () => 1);
  hide(false);
  await settle();
  assert.equal(stomp.state.retryAt - Date.now(), 16_000);
  random.mock.restore();
});

test('a hidden page beats by a worker, until it is shown', async () => {
  await server.page({}, { heartbeatOutgoing: 10_000 });
  assert.equal(workers.length, 0);
  hide(true);
  assert.equal(workers[0].millis, 10_000);
  assert.match(workers[0].url.href, /beats-worker\.js$/);
  workers[0].onmessage({ data: null });
  assert.equal(server.socket.beats, 1);
  hide(false);
  assert.ok(workers[0].terminated);
});

test('a page that was opened in the background beats, too', async () => {
  page.hidden = true;
  const stomp = await server.page({}, { heartbeatOutgoing: 10_000 });
  server.socket.end({ code: 1006, reason: '' });
  workers[0].onmessage({ data: null });
  assert.equal(server.socket.beats, 0);
  await stomp.close();
  assert.ok(workers[0].terminated);
});

test('a page without heart-beats, or without workers, is left alone', async () => {
  await server.page();
  hide(true);
  assert.equal(workers.length, 0);
  globalThis.Worker = class {
    constructor() {
      throw new Error('of another origin');
    }
  };
  await new FakeServer().page({}, { heartbeatOutgoing: 10_000 });
});

test('a page that has been loaded is no page that slept', async () => {
  await server.page();
  dispatchEvent(Object.assign(new Event('pageshow'), { persisted: false }));
  assert.equal(server.all('BEGIN').length, 0);
});

test('a closed connection is not woken up', async () => {
  const stomp = await server.page();
  await stomp.close();
  hide(false);
  await settle();
  assert.equal(server.sockets.length, 1);
});
