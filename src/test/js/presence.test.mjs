import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { FakeServer, settle, stopClocks } from './fake-server.mjs';

const WHO = '/presence/topic/rooms/1';
const ANN = { user: 'ann', sessions: 1, info: { name: 'Ann' }, since: '2026-11-30T19:00:00Z' };
const BOB = { user: 'bob', sessions: 1, info: null, since: '2026-11-30T19:00:01Z' };
const PROTO = { ...BOB, user: '__proto__' };

let server;
let seen;

const tell = (message) => server.publish(WHO, JSON.stringify(message), { 'content-type': 'application/json' });
const names = () => [...seen.at(-1).members.keys()];

async function watching() {
  const stomp = await server.page();
  const watch = stomp.presence('/topic/rooms/1', (members, count) => seen.push({ members, count }));
  await settle();
  return watch;
}

beforeEach(() => {
  stopClocks();
  server = new FakeServer();
  seen = [];
});

test('presence is a map of members that changes with who joins, leaves and tells something else', async () => {
  const watch = await watching();
  tell({ type: 'state', count: 1, members: [ANN] });
  tell({ type: 'diff', count: 3, joined: [BOB, PROTO], left: [] });
  assert.deepEqual(names(), ['ann', 'bob', '__proto__']);
  tell({ type: 'diff', count: 2, joined: [], left: [ANN], changed: [{ ...BOB, info: 'away' }] });
  assert.deepEqual(names(), ['bob', '__proto__']);
  assert.equal(seen.at(-1).members.get('bob').info, 'away');
  assert.equal(seen.at(-1).count, 2);
  watch.unsubscribe();
  assert.equal(server.all('UNSUBSCRIBE').length, 1);
});

test('presence after a lost connection is that of the server, without a moment in which nobody is there', async () => {
  await watching();
  tell({ type: 'state', count: 2, members: [ANN, BOB] });
  await server.cut();
  assert.equal(server.all('SUBSCRIBE').filter(({ headers }) => headers.destination === WHO).length, 2);
  assert.deepEqual(names(), ['ann', 'bob']);
  tell({ type: 'state', count: 1, members: [BOB] });
  assert.deepEqual(names(), ['bob']);
  assert.equal(seen.length, 2);
});

test('presence of a crowd is its number', async () => {
  await watching();
  tell({ type: 'state', count: 1, members: [ANN] });
  tell({ type: 'state', count: 1001 });
  assert.deepEqual(names(), []);
  assert.equal(seen.at(-1).count, 1001);
  tell({ type: 'state', count: 1, members: [BOB] });
  assert.deepEqual(names(), ['bob']);
});

test('presence given to the page is its own', async () => {
  await watching();
  tell({ type: 'state', count: 1, members: [ANN] });
  seen.at(-1).members.clear();
  tell({ type: 'diff', count: 2, joined: [BOB], left: [] });
  assert.deepEqual(names(), ['ann', 'bob']);
});
