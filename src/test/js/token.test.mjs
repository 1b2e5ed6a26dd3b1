import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { FakeServer, pass, settle, stopClocks } from './fake-server.mjs';

const RENEW = '/app/stompline/token';

let server;
let given;
const token = async () => `token-${++given}`;

beforeEach(() => {
  stopClocks();
  server = new FakeServer();
  server.connected = { version: '1.2', 'heart-beat': '0,0', 'token-expires-in': '300000' };
  given = 0;
});

test('each CONNECT has a token of its own', async () => {
  await server.page({ token }, { connectHeaders: { 'client-id': 'a' } });
  await server.cut();
  assert.deepEqual(
    server.all('CONNECT').map(({ headers }) => [headers.Authorization, headers['client-id']]),
    [
      ['Bearer token-1', 'a'],
      ['Bearer token-2', 'a'],
    ],
  );
});

test('a token is renewed at half of its life or five minutes before it ends, and so is the next one', async () => {
  await server.page({ token });
  await pass(149_999);
  assert.equal(server.sent(RENEW).length, 0);
  server.receipt = ({ headers }) => (headers.destination === RENEW ? { 'token-expires-in': '3600000' } : {});
  await pass(1);
  assert.deepEqual(server.sent(RENEW).map(({ body }) => body), ['token-2']);
  await pass(55 * 60_000 - 1);
  assert.equal(server.sent(RENEW).length, 1);
  await pass(1);
  assert.deepEqual(server.sent(RENEW).map(({ body }) => body), ['token-2', 'token-3']);
});

test('a token that ends soon is renewed in 5 s, not sooner', async () => {
  server.connected['token-expires-in'] = '1000';
  await server.page({ token });
  await pass(4999);
  assert.equal(server.sent(RENEW).length, 0);
  await pass(1);
  assert.equal(server.sent(RENEW).length, 1);
});

test('a token that cannot be had is asked for again', async () => {
  let fails = true;
  const stomp = server.connect({ token: () => (fails ? Promise.reject(new Error('no session')) : token()) });
  await settle();
  assert.match(stomp.state.reason, /no session/);
  fails = false;
  await pass(30_000);
  assert.equal(stomp.state.phase, 'connected');

  fails = true;
  await pass(240_000);
  fails = false;
  await pass(5000);
  assert.equal(server.sent(RENEW).length, 1);
});

test('a lost connection takes its renewal with it', async () => {
  const stomp = await server.page({ token });
  server.isUp = false;
  server.socket.end({ code: 1006, reason: '' });
  await pass(240_000);
  assert.equal(stomp.state.phase, 'waiting');
  assert.equal(server.sent(RENEW).length, 0);
});

test('close while a token is asked for leaves no connection', async () => {
  let give;
  const stomp = server.connect({ token: () => new Promise((resolve) => (give = resolve)) });
  await settle();
  await stomp.close();
  give('late');
  await settle();
  assert.equal(server.sockets.length, 0);
});

test('close ends the questions for a token that cannot be had', async () => {
  let asked = 0;
  let refuse;
  const next = () => {
    asked++;
    return asked === 1 ? Promise.resolve('token-1') : new Promise((_, reject) => (refuse = reject));
  };
  const stomp = await server.page({ token: next });
  await pass(240_000);
  await stomp.close();
  refuse(new Error('no session'));
  await settle();
  await pass(60_000);
  assert.equal(asked, 2);
});
