import assert from 'node:assert/strict';
import { beforeEach, mock, test } from 'node:test';
import { FakeServer, pass, settle, stopClocks } from './fake-server.mjs';
import { connect } from './modules.mjs';

let server;
let states;
const onState = (state) => states.push(state);
const phases = () => states.map(({ phase }) => phase);

beforeEach(() => {
  stopClocks();
  mock.method(Math, 'random', () => 0.5);
  server = new FakeServer();
  states = [];
});

test('connect tells the page, with the headers of CONNECTED', async () => {
  const stomp = await server.page({ onState });
  assert.deepEqual(phases(), ['connecting', 'connected']);
  assert.equal(stomp.state.headers['user-name'], 'ann');
});

test('connect refuses a client that is active', () => {
  assert.throws(() => connect({ active: true }), /is active already/);
});

test('connect lets callbacks of the client be called, and keeps its settings', async () => {
  const called = [];
  const stomp = await server.page(
    {},
    {
      onConnect: () => called.push('connect'),
      onStompError: () => called.push('error'),
      onWebSocketClose: () => called.push('close'),
      onUnhandledMessage: ({ body }) => called.push(body),
      connectHeaders: { login: 'ann' },
    },
  );
  server.send('MESSAGE', { subscription: 'of the page', 'message-id': '1' }, 'hello');
  server.fail({ message: 'internal error' });
  assert.deepEqual(called, ['connect', 'hello', 'error', 'close']);
  assert.equal(server.all('CONNECT')[0].headers.login, 'ann');
  await stomp.close();
});

test('the tab has a name, in each of its connections and after a reload', async (t) => {
  Object.defineProperty(globalThis, 'sessionStorage', { value: {}, configurable: true });
  t.after(() => delete globalThis.sessionStorage);
  await server.page({}, { beforeConnect: (client) => void (client.connectHeaders = { passcode: 'ticket' }) });
  await server.cut();
  await server.page();
  const [first, second, reloaded] = server.all('CONNECT').map(({ headers }) => headers);
  assert.match(first['x-tab'], /^\d+-\d+$/);
  assert.deepEqual([second['x-tab'], reloaded['x-tab']], [first['x-tab'], first['x-tab']]);
  assert.deepEqual([first.passcode, second.passcode], ['ticket', 'ticket']);
});

test('each page has a name of its own where nothing is kept for a tab', async () => {
  await server.page();
  await server.cut();
  await server.page();
  const [first, second, other] = server.all('CONNECT').map(({ headers }) => headers['x-tab']);
  assert.equal(second, first);
  assert.notEqual(other, first);
});

test('a tab that the server took for dead takes another name, for a duplicate may have its own', async () => {
  await server.page();
  server.fail({ message: 'no heart-beat from the client' });
  await pass(30_000);
  const [first, second] = server.all('CONNECT').map(({ headers }) => headers['x-tab']);
  assert.notEqual(second, first);
});

test('a lost connection comes back after a random part of 1, 2, 4 to 30 s', async () => {
  server.isUp = false;
  const stomp = await server.page({ onState });
  const delays = [];
  for (let i = 0; i < 7; i++) {
    delays.push(stomp.state.retryAt - Date.now());
    await pass(15_000);
  }
  assert.deepEqual(delays, [500, 1000, 2000, 4000, 8000, 15_000, 15_000]);
  server.isUp = true;
  await pass(15_000);
  assert.equal(stomp.state.phase, 'connected');
});

test('the delay begins anew only after a connection that lasted', async () => {
  const stomp = await server.page();
  for (const [lifeMillis, delay] of [[0, 500], [29_000, 1000], [30_000, 500]]) {
    await pass(lifeMillis);
    server.socket.end({ code: 1006, reason: '' });
    await settle();
    assert.equal(stomp.state.retryAt - Date.now(), delay);
    await pass(delay);
    assert.equal(stomp.state.phase, 'connected');
  }
});

test('a server that stops says when to come back, and pages do not all come then', async () => {
  const stomp = await server.page();
  server.socket.end({ code: 1012, reason: 'the server restarts; retry after 12345 ms' });
  assert.equal(stomp.state.retryAt - Date.now(), 12_345 + 500);
  assert.match(stomp.state.reason, /1012 the server restarts/);
});

test('nobody comes back before the time that the server names', async () => {
  mock.method(Math, 'random', () => 0);
  const stomp = await server.page();
  server.socket.end({ code: 1012, reason: 'the server restarts; retry after 12345 ms' });
  await pass(12_344);
  assert.equal(stomp.state.phase, 'waiting');
  await pass(1);
  assert.equal(stomp.state.phase, 'connected');
});

test('a server that names a very late time is asked after 5 minutes', async () => {
  const stomp = await server.page();
  server.socket.end({ code: 1012, reason: 'retry after 99999999999 ms' });
  assert.equal(stomp.state.retryAt - Date.now(), 300_000 + 500);
});

test('a server with too much to do is spared for longer', async () => {
  const stomp = await server.page();
  server.socket.end({ code: 1013, reason: '' });
  assert.equal(stomp.state.retryAt - Date.now(), 15_000);
});

test('"access refused" ends the attempts, until the page asks for one', async () => {
  server.received = () => server.fail({ message: 'access refused' }, 'wrong passcode');
  const stomp = await server.page({ onState });
  assert.equal(stomp.state.phase, 'refused');
  assert.equal(stomp.state.problem.problem, 'access refused');
  await pass(60_000);
  assert.equal(server.sockets.length, 1);

  delete server.received;
  await stomp.reconnect();
  await settle();
  assert.equal(stomp.state.phase, 'connected');
});

test('an ERROR later on is told as the reason, and does not end the attempts', async () => {
  const stomp = await server.page();
  server.fail({ message: 'token expired' }, 'at 12:00');
  assert.equal(stomp.state.reason, 'token expired: at 12:00');
  await pass(500);
  assert.equal(stomp.state.phase, 'connected');
});

test('close ends it for good', async () => {
  const stomp = await server.page({ onState });
  await stomp.close();
  await pass(60_000);
  assert.deepEqual(phases(), ['connecting', 'connected', 'closed']);
  assert.equal(server.sockets.length, 1);
});

test('close while it waits ends the attempts', async () => {
  const stomp = await server.page({ onState });
  server.socket.end({ code: 1006, reason: '' });
  await stomp.close();
  await pass(60_000);
  assert.deepEqual(phases(), ['connecting', 'connected', 'waiting', 'closed']);
});

test('close before the first attempt leaves no connection', async () => {
  const stomp = server.connect({ onState });
  await stomp.close();
  await pass(60_000);
  assert.equal(server.sockets.length, 0);
});

test('a WebSocket that brings no CONNECTED is given up', async () => {
  server.received = () => {};
  const stomp = await server.page();
  await pass(15_000);
  assert.equal(stomp.state.phase, 'waiting');
  delete server.received;
  await pass(500);
  assert.equal(stomp.state.phase, 'connected');
});

test('close ends a connection that the server leaves open after 5 s', async () => {
  const stomp = await server.page({ onState });
  server.received = () => {};
  let isClosed = false;
  const closing = stomp.close().then(() => (isClosed = true));
  await pass(4999);
  assert.equal(isClosed, false);
  await pass(1);
  await closing;
  assert.deepEqual(phases(), ['connecting', 'connected', 'closed']);
});

for (const [name, options, settings] of [
  ['token', { token: () => new Promise(() => {}) }, {}],
  ['beforeConnect', {}, { beforeConnect: () => new Promise(() => {}) }],
]) {
  test(`an attempt that waits for ${name} is given up after 15 s, and comes again`, async () => {
    const stomp = await server.page({ ...options, onState }, settings);
    await pass(14_999);
    assert.equal(stomp.state.phase, 'connecting');
    await pass(1);
    assert.equal(stomp.state.phase, 'waiting');
    await pass(500);
    assert.deepEqual(phases(), ['connecting', 'waiting', 'connecting']);
    await stomp.close();
    await pass(60_000);
    assert.equal(stomp.state.phase, 'closed');
  });
}

test('a late token is not that of a later attempt', async () => {
  const give = [];
  await server.page({ token: () => new Promise((resolve) => give.push(resolve)) });
  await pass(15_000);
  await pass(500);
  give[1]('second');
  await settle();
  give[0]('first');
  await settle();
  await server.cut();
  give[2]('');
  await settle();
  assert.deepEqual(server.all('CONNECT').map(({ headers }) => headers.Authorization), ['Bearer second', 'Bearer second']);
});

test('a WebSocket that neither opens nor closes is given up, and not told as closed', async () => {
  server.opened = function (socket) {
    this.sockets.push(socket);
  };
  const stomp = await server.page({ onState });
  await pass(15_000);
  delete server.opened;
  await pass(500);
  assert.deepEqual(phases(), ['connecting', 'waiting', 'connecting', 'connected']);
  assert.equal(stomp.state.phase, 'connected');
});

test('an exception of the page is reported, and the connection comes back', async () => {
  const reports = [];
  globalThis.reportError = ({ message }) => reports.push(message);
  const fail = (name) => () => {
    throw new Error(name);
  };
  const stomp = await server.page({ onState: fail('onState'), onProblem: fail('onProblem') }, { onWebSocketClose: fail('close') });
  stomp.subscribe('/topic/a', () => {}, { onRefused: fail('onRefused') });
  server.send('MESSAGE', { subscription: server.subscribed('/user/queue/errors').headers.id, 'message-id': '1' }, 'text');
  server.fail({ message: 'destination not allowed', 'receipt-id': server.subscribed('/topic/a').headers.receipt });
  await pass(500);
  assert.equal(stomp.state.phase, 'connected');
  assert.deepEqual(reports, ['onState', 'onState', 'onProblem', 'onRefused', 'onState', 'close', 'onState', 'onState']);
  delete globalThis.reportError;
});

test('another user gets nothing that the one before wanted', async () => {
  server.receipt = () => ({ 'x-stream-offset': 'n1.10.1000' });
  const stomp = await server.page();
  stomp.subscribe('/topic/a', () => {});
  await settle();
  server.confirms = false;
  const problem = stomp.publish('/app/say', 'hi').then(assert.fail, (refused) => refused.problem);
  server.connected['user-name'] = 'bob';
  await server.cut();
  assert.equal(await problem, 'other user');
  assert.equal(server.subscribed('/topic/a').headers['x-stream-offset'], undefined);
  assert.equal(server.sent('/app/say').length, 1);
});
