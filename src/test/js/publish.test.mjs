import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { FakeServer, pass, settle, stopClocks } from './fake-server.mjs';
import { StompProblem } from './modules.mjs';

const SAY = '/app/say';
const REPLIES = '/temp-queue/replies';

let server;

beforeEach(() => {
  stopClocks();
  server = new FakeServer();
});

/** The details of a problem, as the server sends them. */
function explain(frame, problem, details, destination = '/user/queue/errors') {
  const body = JSON.stringify({ problem, details });
  const headers = { 'content-type': 'application/json', 'correlation-id': frame.headers['correlation-id'] };
  if (destination === REPLIES) {
    server.send('MESSAGE', { destination, subscription: destination, 'message-id': '1', ...headers }, body);
  } else {
    server.publish(destination, body, headers);
  }
}

function answer(frame, body) {
  server.send(
    'MESSAGE',
    { destination: REPLIES, subscription: REPLIES, 'message-id': '1', 'correlation-id': frame.headers['correlation-id'] },
    body,
  );
}

const problemOf = (promise) => promise.then(assert.fail, (problem) => problem);

test('publish sends JSON, text, octets and nothing, and resolves with the receipt', async () => {
  const stomp = await server.page();
  server.receipt = () => ({ 'x-duplicate': 'true' });
  const receipt = await stomp.publish(SAY, { text: 'hi' }, { priority: '9' });
  assert.equal(receipt['x-duplicate'], 'true');
  await Promise.all([stomp.publish(SAY, 'plain'), stomp.publish(SAY, new Uint8Array([97])), stomp.publish(SAY)]);
  const sent = server.sent(SAY);
  assert.deepEqual(
    sent.map(({ headers, body }) => [headers['content-type'], body]),
    [
      ['application/json', '{"text":"hi"}'],
      [undefined, 'plain'],
      ['application/octet-stream', 'a'],
      [undefined, ''],
    ],
  );
  assert.equal(sent[0].headers.priority, '9');
  assert.equal(new Set(sent.map(({ headers }) => headers['x-idempotency-key'])).size, 4);
});

test('publish takes octets as they are at that time, however they are kept', async () => {
  const stomp = server.connect();
  const octets = new Uint8Array([97, 98, 99, 100]);
  const all = [octets, octets.buffer, new Uint16Array(octets.buffer, 2), new DataView(octets.buffer, 1, 2)];
  const receipts = Promise.all(all.map((payload) => stomp.publish(SAY, payload)));
  octets.fill(120);
  await settle();
  await receipts;
  assert.deepEqual(server.sent(SAY).map(({ body }) => body), ['abcd', 'abcd', 'cd', 'bc']);
  assert.ok((await problemOf(stomp.publish(SAY, new Blob(['a'])))) instanceof TypeError);
});

test('publish without connection waits for one, in order, after the subscriptions', async () => {
  const stomp = server.connect();
  const receipts = Promise.all([stomp.publish(SAY, '1'), stomp.publish(SAY, '2')]);
  stomp.subscribe('/topic/a', () => {});
  await settle();
  await receipts;
  assert.deepEqual(
    server.frames.slice(1).map(({ headers, body }) => `${headers.destination} ${body}`),
    ['/user/queue/errors ', '/topic/a ', `${SAY} 1`, `${SAY} 2`],
  );
  await server.cut();
  assert.equal(server.sent(SAY).length, 2);
});

test('publish that was not confirmed is sent again with the same key', async () => {
  const stomp = await server.page();
  server.confirms = false;
  const receipt = stomp.publish(SAY, 'hi');
  server.confirms = true;
  server.socket.end({ code: 1006, reason: '' });
  await settle();
  await pass(30_000);
  await receipt;
  const [first, second] = server.sent(SAY);
  assert.equal(second.headers['x-idempotency-key'], first.headers['x-idempotency-key']);
});

test('publish beyond the bound is refused while there is no connection', async () => {
  server.isUp = false;
  const stomp = await server.page({ maxWaiting: 2 });
  const waiting = [stomp.publish(SAY, '1'), stomp.publish(SAY, '2')];
  assert.equal((await problemOf(stomp.publish(SAY, '3'))).problem, 'too much waits');
  server.isUp = true;
  await pass(30_000);
  await Promise.all(waiting);
  await Promise.all([1, 2, 3].map((n) => stomp.publish(SAY, n)));
});

test('publish that the server answers with an ERROR is not sent again', async () => {
  const stomp = await server.page();
  server.confirms = false;
  const problem = problemOf(stomp.publish(SAY, 'hi'));
  server.fail({ message: 'destination not allowed', 'receipt-id': server.sent(SAY)[0].headers.receipt }, 'no rule');
  assert.deepEqual((await problem).details, ['no rule']);
  server.confirms = true;
  await pass(30_000);
  assert.equal(stomp.state.phase, 'connected');
  assert.equal(server.sent(SAY).length, 1);
});

test('publish after which the connection always ends is given up', async () => {
  const stomp = await server.page();
  server.received = (frame) =>
    frame.command === 'SEND' ? server.socket.end({ code: 1009, reason: 'too large' }) : FakeServer.prototype.received.call(server, frame);
  const problem = problemOf(stomp.publish(SAY, 'hi'));
  for (let i = 0; i < 6; i++) {
    await settle();
    await pass(30_000);
  }
  assert.equal((await problem).message, 'not confirmed: 1009 too large');
  assert.equal(server.sent(SAY).length, 5);
});

test('publish of more than the server reads is rejected at once, and disturbs nothing', async () => {
  server.connected['max-frame-bytes'] = '1000';
  const stomp = await server.page();
  const text = '€'.repeat(334);
  const problem = await problemOf(stomp.publish(SAY, text));
  assert.equal(problem.message, 'frame too large: 1002 octets, at most 1000');
  assert.equal((await problemOf(stomp.publish(SAY, new Uint8Array(1001)))).problem, 'frame too large');
  await Promise.all([stomp.publish(SAY, text.slice(1)), stomp.publish(SAY, new Uint8Array(1000))]);
  assert.equal(server.sent(SAY).length, 2);
  assert.equal(server.sockets.length, 1);
});

test('publish that waits for a connection learns there that it is too large', async () => {
  server.connected['max-frame-bytes'] = '1000';
  const stomp = server.connect();
  const problem = problemOf(stomp.publish(SAY, 'x'.repeat(1001)));
  await settle();
  assert.equal((await problem).problem, 'frame too large');
  server.connected['max-frame-bytes'] = '2000';
  await server.cut();
  await stomp.publish(SAY, 'x'.repeat(1001));
});

test('publish with a problem rejects with its details, whichever comes first', async () => {
  const stomp = await server.page();
  server.receipt = () => ({ problem: 'invalid payload' });
  const late = problemOf(stomp.publish(SAY, {}));
  await settle();
  explain(server.sent(SAY)[0], 'invalid payload', ['text must not be blank', 'by is missing']);
  const problem = await late;
  assert.ok(problem instanceof StompProblem);
  assert.deepEqual([problem.problem, problem.details], ['invalid payload', ['text must not be blank', 'by is missing']]);
  assert.equal(problem.message, 'invalid payload: text must not be blank; by is missing');

  const early = problemOf(stomp.publish(SAY, {}));
  explain(server.sent(SAY)[1], 'invalid payload', ['text must not be blank']);
  assert.equal((await early).details.length, 1);
});

test('publish with a problem rejects without details if they do not come, and is not sent again', async () => {
  const stomp = await server.page();
  server.receipt = () => ({ problem: 'internal error' });
  const problem = problemOf(stomp.publish(SAY, {}));
  await settle();
  server.receipt = () => ({});
  await server.cut();
  assert.deepEqual((await problem).details, []);
  assert.equal(server.sent(SAY).length, 1);
});

test('tell sends without receipt, and nothing without connection', async () => {
  const stomp = await server.page();
  assert.equal(stomp.tell(SAY, { x: 1 }), true);
  assert.equal(server.sent(SAY)[0].headers.receipt, undefined);
  server.socket.end({ code: 1006, reason: '' });
  assert.equal(stomp.tell(SAY, { x: 2 }), false);
  await pass(30_000);
  assert.equal(server.sent(SAY).length, 1);
});

test('request resolves with the answer that has its id, before or after the receipt', async () => {
  const stomp = await server.page();
  server.confirms = false;
  const answers = [stomp.request('/app/sum', [1, 2]), stomp.request('/app/sum', [3, 4])];
  const [first, second] = server.sent('/app/sum');
  answer(second, '7');
  answer(first, '3');
  for (const { headers } of [first, second]) {
    server.send('RECEIPT', { 'receipt-id': headers.receipt });
  }
  assert.deepEqual(await Promise.all(answers), ['3', '7']);
  assert.equal(first.headers['reply-to'], REPLIES);

  server.confirms = true;
  const later = stomp.request('/app/sum', [5, 6]);
  await settle();
  answer(server.sent('/app/sum')[2], '11');
  assert.equal(await later, '11');
});

test('request rejects with the problem that comes in the place of an answer', async () => {
  const stomp = await server.page();
  server.receipt = () => ({ problem: 'invalid payload' });
  const problem = problemOf(stomp.request('/app/sum', {}));
  await settle();
  explain(server.sent('/app/sum')[0], 'invalid payload', ['a is missing'], REPLIES);
  assert.deepEqual((await problem).details, ['a is missing']);
});

test('request that nothing answers rejects in time, and is not sent later', async () => {
  server.isUp = false;
  const stomp = await server.page();
  const problem = problemOf(stomp.request('/app/sum', [1], { timeoutMillis: 100 }));
  await pass(100);
  assert.equal((await problem).message, 'timed out: no answer of /app/sum');
  server.isUp = true;
  await pass(30_000);
  assert.equal(stomp.state.phase, 'connected');
  assert.equal(server.sent('/app/sum').length, 0);
});

for (const [timeoutMillis, lastMillis] of [[0, 1], [Infinity, 2 ** 31 - 1], [1e12, 2 ** 31 - 1]]) {
  test(`request with a time-out of ${timeoutMillis} ms waits as long as a timer can`, async () => {
    const stomp = await server.page();
    let refused;
    const problem = stomp.request('/app/sum', [1], { timeoutMillis }).catch((reason) => (refused = reason));
    await settle();
    await pass(lastMillis - 1);
    assert.equal(refused?.problem, timeoutMillis ? undefined : refused?.problem);
    await pass(1);
    await problem;
    assert.equal(refused.problem, 'timed out');
  });
}

test('request that is taken and not answered rejects with that', async () => {
  const stomp = await server.page();
  const problem = problemOf(stomp.request(SAY));
  await settle();
  await pass(30_000);
  assert.equal((await problem).message, `timed out: no answer of ${SAY}, which took it`);
});

test('request whose answer cannot be read rejects', async () => {
  const stomp = await server.page();
  const reply = ({ headers }, body) =>
    server.send(
      'MESSAGE',
      { subscription: REPLIES, 'message-id': '1', 'correlation-id': headers['correlation-id'], 'content-type': 'application/json' },
      body,
    );
  const problem = problemOf(stomp.request('/app/sum', [1]));
  await settle();
  reply(server.sent('/app/sum')[0], '{');
  assert.equal((await problem).problem, 'unreadable answer');

  server.receipt = () => ({ problem: 'invalid payload' });
  const problems = ['{', '{"problem":"invalid payload","details":"no list"}'].map(() => problemOf(stomp.request('/app/sum', [1])));
  await settle();
  reply(server.sent('/app/sum')[1], '{');
  reply(server.sent('/app/sum')[2], '{"problem":"invalid payload","details":"no list"}');
  const [unreadable, noList] = await Promise.all(problems);
  assert.equal(unreadable.problem, 'invalid payload');
  assert.deepEqual([noList.problem, noList.details, noList.name], ['invalid payload', [], 'StompProblem']);
});

test('request that was handled before, and whose answer is gone, rejects in time', async () => {
  const stomp = await server.page();
  const lost = problemOf(stomp.request('/app/sum', [1], { timeoutMillis: 60_000 }));
  const failed = problemOf(stomp.request('/app/sum', [2], { timeoutMillis: 60_000 }));
  await settle();
  server.receipt = ({ body }) => ({ 'x-duplicate': 'true', ...(body === '[2]' && { problem: 'invalid payload' }) });
  await server.cut();
  await pass(1000);
  assert.equal((await failed).problem, 'invalid payload');
  assert.equal((await lost).problem, 'answer lost');
});

test('request goes on over a lost connection, whose answers are gone', async () => {
  const stomp = await server.page();
  const sum = stomp.request('/app/sum', [1, 2], { timeoutMillis: 60_000 });
  await settle();
  await server.cut();
  const [, again] = server.sent('/app/sum');
  answer(again, '3');
  assert.equal(await sum, '3');
});

test('close rejects what waits', async () => {
  const stomp = await server.page();
  server.confirms = false;
  const problem = problemOf(stomp.publish(SAY, 'hi'));
  server.confirms = true;
  await stomp.close();
  assert.equal((await problem).problem, 'closed');
});

test('what comes after close is rejected at once', async () => {
  const stomp = await server.page();
  const closing = stomp.close();
  assert.equal((await problemOf(stomp.publish(SAY, 'hi'))).problem, 'closed');
  assert.equal((await problemOf(stomp.request(SAY, 'hi'))).problem, 'closed');
  await closing;
});

test('what waits is rejected when the owner of the client ends it', async () => {
  let client;
  const stomp = await server.page({}, { beforeConnect: (given) => void (client = given) });
  server.confirms = false;
  const problem = problemOf(stomp.publish(SAY, 'hi'));
  await client.deactivate();
  assert.equal((await problem).problem, 'closed');
  assert.equal((await problemOf(stomp.publish(SAY, 'hi'))).problem, 'closed');
});
