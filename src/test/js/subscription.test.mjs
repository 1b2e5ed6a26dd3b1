import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { FakeServer, pass, settle, stopClocks } from './fake-server.mjs';

const TOPIC = '/topic/chat/1';

let server;
let got;
let recovered;
const onMessage = (value) => got.push(value);
const onRecovered = (isWhole) => recovered.push(isWhole);
/** Answers a SUBSCRIBE to the topic. */
const answering = (headers) => (frame) => (frame.headers.destination === TOPIC ? headers : {});

beforeEach(() => {
  stopClocks();
  server = new FakeServer();
  got = [];
  recovered = [];
});

test('a subscription gets values by their content type, and the message', async () => {
  const stomp = await server.page();
  stomp.subscribe(TOPIC, (value, { headers }) => got.push([value, headers.sender]), { headers: { selector: 'a = 1' } });
  assert.equal(server.subscribed(TOPIC).headers.selector, 'a = 1');
  server.publish(TOPIC, '{"text":"hi"}', { 'content-type': 'application/json;charset=utf-8', sender: 'bob' });
  server.publish(TOPIC, '[1]', { 'content-type': 'application/json-seq' });
  server.publish(TOPIC, 'plain', { sender: 'bob' });
  server.publish(TOPIC, 'abc', { 'content-type': 'application/octet-stream' });
  assert.deepEqual(got, [
    [{ text: 'hi' }, 'bob'],
    ['[1]', undefined],
    ['plain', 'bob'],
    [new Uint8Array([97, 98, 99]), undefined],
  ]);
});

test('a subscription made before the connection is made with it', async () => {
  const stomp = server.connect();
  stomp.subscribe(TOPIC, onMessage, { from: 'last=20' });
  await settle();
  assert.equal(server.subscribed(TOPIC).headers['x-stream-offset'], 'last=20');
});

test('a topic without history is subscribed again, and what was missed is not known', async () => {
  const stomp = await server.page();
  stomp.subscribe(TOPIC, onMessage, { onRecovered, from: 'last=20' });
  await settle();
  assert.deepEqual(recovered, []);
  await server.cut();
  assert.equal(server.subscribed(TOPIC).headers['x-stream-offset'], undefined);
  assert.deepEqual(recovered, [false]);
  server.publish(TOPIC, 'after');
  assert.deepEqual(got, ['after']);
});

test('a topic with history goes on behind the last message', async () => {
  server.receipt = answering({ 'x-stream-offset': 'n1.10.1000' });
  const stomp = await server.page();
  stomp.subscribe(TOPIC, onMessage, { onRecovered });
  await settle();
  server.publish(TOPIC, 'eleven', { 'x-stream-offset': 'n1.11.1001' });
  server.receipt = answering({ 'x-stream-offset': 'n1.14.1004', 'x-recovered': 'true', 'x-replayed': '2' });
  await server.cut();
  assert.equal(server.subscribed(TOPIC).headers['x-stream-offset'], 'after=n1.11.1001');
  assert.deepEqual(recovered, [true]);
  server.publish(TOPIC, 'twelve', { 'x-stream-offset': 'n1.12.1002', 'x-replayed': 'true' });
  await server.cut();
  assert.equal(server.subscribed(TOPIC).headers['x-stream-offset'], 'after=n1.12.1002');
  assert.deepEqual(got, ['eleven', 'twelve']);
});

test('the session before is named, until another user comes', async () => {
  server.connected.session = 'a';
  const stomp = await server.page();
  stomp.subscribe(TOPIC, onMessage, { headers: { 'no-local': 'true' } });
  await settle();
  const named = () => server.subscribed(TOPIC).headers['x-resumed-session'];
  assert.equal(named(), undefined);
  server.connected.session = 'b';
  await server.cut();
  assert.equal(named(), 'a');
  server.connected['user-name'] = 'bob';
  await server.cut();
  assert.equal(named(), undefined);
});

test('a quiet topic goes on behind the position of the receipt', async () => {
  server.receipt = answering({ 'x-stream-offset': 'n1.10.1000', 'x-replayed': '0' });
  const stomp = await server.page();
  stomp.subscribe(TOPIC, onMessage);
  await settle();
  await server.cut();
  assert.equal(server.subscribed(TOPIC).headers['x-stream-offset'], 'after=n1.10.1000');
});

test('a message that came before is left out: by its number, or on another node by its id', async () => {
  server.receipt = answering({ 'x-stream-offset': 'n1.10.1000' });
  const stomp = await server.page();
  stomp.subscribe(TOPIC, onMessage);
  await settle();
  const publish = (body, position, headers) => server.publish(TOPIC, body, { 'x-stream-offset': position, ...headers });
  publish('eleven', 'n1.11.1001', { 'message-id': 'a' });
  await server.cut();
  publish('eleven', 'n1.11.1001', { 'message-id': 'a' });
  publish('ten', 'n1.10.1000', { 'message-id': 'b' });
  publish('eleven', 'n2.7.1001', { 'message-id': 'a', redelivered: 'true' });
  publish('twelve', 'n2.8.1002', { 'message-id': 'c', redelivered: 'true' });
  publish('thirteen', 'n2.9.1003', { 'message-id': 'a' });
  assert.deepEqual(got, ['eleven', 'twelve', 'thirteen']);
  await server.cut();
  assert.equal(server.subscribed(TOPIC).headers['x-stream-offset'], 'after=n2.9.1003');
});

test('on another node, positions that name a time are kept like others, and marked doubles are left out', async () => {
  server.receipt = answering({ 'x-stream-offset': 'n1.10.1000' });
  const stomp = await server.page();
  stomp.subscribe(TOPIC, onMessage);
  await settle();
  const publish = (body, position, headers) => server.publish(TOPIC, body, { 'x-stream-offset': position, ...headers });
  publish('eleven', 'n1.11.1001', { 'message-id': 'a' });
  server.receipt = answering({ 'x-stream-offset': 'n2.9.1009_6001', 'x-recovered': 'true', 'x-replayed': '2' });
  await server.cut();
  publish('eleven', 'n2.7.1002_6001', { 'message-id': 'a', 'x-replayed': 'true', redelivered: 'true' });
  publish('twelve', 'n2.8.1003_6001', { 'message-id': 'b', 'x-replayed': 'true', redelivered: 'true' });
  assert.deepEqual(got, ['eleven', 'twelve']);
  await server.cut();
  assert.equal(server.subscribed(TOPIC).headers['x-stream-offset'], 'after=n2.8.1003_6001');
  publish('thirteen', 'n2.9.1009_6001', { 'message-id': 'c', redelivered: 'true' });
  publish('twelve', 'n3.4.1004_6008', { 'message-id': 'b', redelivered: 'true' });
  assert.deepEqual(got, ['eleven', 'twelve', 'thirteen']);
});

test('a message that was held up behind later ones is new, and the position does not go back', async () => {
  server.receipt = answering({ 'x-stream-offset': 'n1.10.1000' });
  const stomp = await server.page();
  stomp.subscribe(TOPIC, onMessage);
  await settle();
  server.publish(TOPIC, 'thirteen', { 'x-stream-offset': 'n1.13.1003' });
  server.publish(TOPIC, 'eleven', { 'x-stream-offset': 'n1.11.1001' });
  await server.cut();
  assert.equal(server.subscribed(TOPIC).headers['x-stream-offset'], 'after=n1.13.1003');
  server.publish(TOPIC, 'twelve', { 'x-stream-offset': 'n1.12.1002' });
  assert.deepEqual(got, ['thirteen', 'eleven']);
});

test('last values come again from the first when something was missed', async () => {
  server.receipt = answering({ 'x-stream-offset': 'n1.4.1000', 'x-replayed': '2' });
  const stomp = await server.page();
  stomp.subscribe(TOPIC, onMessage, { onRecovered });
  await settle();
  const publish = (body, position) => server.publish(TOPIC, body, { 'x-stream-offset': position, 'x-replayed': 'true' });
  publish('five', 'n1.5.1001');
  publish('nine', 'n1.9.1005');
  server.receipt = answering({ 'x-stream-offset': 'n1.4.1000', 'x-recovered': 'false', 'x-replayed': '2' });
  await server.cut();
  assert.deepEqual(recovered, [false]);
  publish('five', 'n1.5.1001');
  assert.deepEqual(got, ['five', 'nine', 'five']);
  server.receipt = answering({ 'x-stream-offset': 'n1.5.1001', 'x-recovered': 'true', 'x-replayed': '1' });
  await server.cut();
  assert.equal(server.subscribed(TOPIC).headers['x-stream-offset'], 'after=n1.5.1001');
  publish('nine', 'n1.9.1005');
  assert.deepEqual(got, ['five', 'nine', 'five', 'nine']);
});

test('headers of the page do not replace those that the subscription needs', async () => {
  server.receipt = answering({ 'x-stream-offset': 'n1.10.1000' });
  const stomp = await server.page();
  const headers = { id: 'a', receipt: 'b', 'correlation-id': 'c', 'x-stream-offset': 'last=3', selector: 'd = 1' };
  stomp.subscribe(TOPIC, onMessage, { headers, onRecovered });
  const { id, receipt, ...rest } = server.subscribed(TOPIC).headers;
  assert.notEqual(id, 'a');
  assert.equal(receipt, id);
  assert.equal(rest['correlation-id'], id);
  assert.equal(rest.selector, 'd = 1');
  assert.equal(rest['x-stream-offset'], 'last=3');
  await settle();
  await server.cut();
  assert.equal(server.subscribed(TOPIC).headers['x-stream-offset'], 'after=n1.10.1000');
  assert.equal(recovered.length, 1);
});

test('ids of messages to acknowledge are of one connection, and tell no doubles', async () => {
  const stomp = await server.page();
  stomp.subscribe(TOPIC, onMessage, { headers: { ack: 'client' } });
  const headers = { 'message-id': '1-1', ack: '1-1', redelivered: 'true' };
  server.publish(TOPIC, 'one', { ...headers, 'x-stream-offset': 'n1.1.1' });
  server.publish(TOPIC, 'two', { ...headers, 'x-stream-offset': 'n2.1.2' });
  assert.deepEqual(got, ['one', 'two']);
});

test('topics of a pattern may come in any order', async () => {
  const stomp = await server.page();
  stomp.subscribe('/topic/**', onMessage);
  server.publish('/topic/**', 'two', { 'x-stream-offset': 'n1.2.1' });
  server.publish('/topic/**', 'one', { 'x-stream-offset': 'n1.1.1' });
  assert.deepEqual(got, ['two', 'one']);
});

test('what a queue gives again is not left out', async () => {
  const stomp = await server.page();
  stomp.subscribe('/queue/a', onMessage, { headers: { ack: 'client-individual' } });
  server.publish('/queue/a', 'work', { 'message-id': 'a', ack: '1' });
  server.publish('/queue/a', 'work', { 'message-id': 'a', ack: '2', redelivered: 'true' });
  assert.deepEqual(got, ['work', 'work']);
});

test('a gap is told before the message behind it', async () => {
  const stomp = await server.page();
  stomp.subscribe(TOPIC, onMessage, { onDropped: onMessage });
  server.publish(TOPIC, 'a', { 'x-dropped': '3' });
  server.publish(TOPIC, 'b', { 'x-dropped': 'unknown' });
  assert.deepEqual(got, [3, 'a', NaN, 'b']);
});

test('a gap is told also before a message that is left out', async () => {
  server.receipt = answering({ 'x-stream-offset': 'n1.10.1000' });
  const stomp = await server.page();
  stomp.subscribe(TOPIC, onMessage, { onDropped: onMessage });
  await settle();
  await server.cut();
  server.publish(TOPIC, 'ten', { 'x-stream-offset': 'n1.10.1000', 'x-dropped': '3' });
  assert.deepEqual(got, [3]);
});

test('unsubscribe ends it, also for later connections', async () => {
  const stomp = await server.page();
  const subscription = stomp.subscribe(TOPIC, onMessage);
  const { id } = server.subscribed(TOPIC).headers;
  subscription.unsubscribe({ durable: 'true' });
  subscription.unsubscribe();
  assert.deepEqual(server.all('UNSUBSCRIBE').map(({ headers }) => headers), [{ durable: 'true', id }]);
  server.frames = [];
  await server.cut();
  assert.equal(server.subscribed(TOPIC), undefined);
});

test('a refused subscription is told and not made again, and the others are', async () => {
  const refused = [];
  const stomp = await server.page();
  stomp.subscribe('/topic/ours', onMessage);
  server.confirms = false;
  stomp.subscribe(TOPIC, onMessage, { onRefused: (problem) => refused.push(problem.problem) });
  server.fail({ message: 'destination not allowed', 'receipt-id': server.subscribed(TOPIC).headers.receipt });
  assert.deepEqual(refused, ['destination not allowed']);
  server.frames = [];
  server.confirms = true;
  await pass(30_000);
  assert.equal(server.subscribed(TOPIC), undefined);
  assert.ok(server.subscribed('/topic/ours'));
});

test('a subscription for which the message broker was away is made again', async () => {
  const stomp = await server.page({ onProblem: assert.fail });
  server.confirms = false;
  stomp.subscribe(TOPIC, onMessage);
  server.fail({ message: 'message broker unavailable', 'receipt-id': server.subscribed(TOPIC).headers.receipt });
  server.frames = [];
  server.confirms = true;
  await pass(30_000);
  assert.ok(server.subscribed(TOPIC));
});

test('a subscription refused by a message is told, too', async () => {
  const refused = [];
  const stomp = await server.page({ onProblem: (problem) => refused.push(problem.message) });
  server.confirms = false;
  stomp.subscribe(TOPIC, onMessage);
  const headers = {
    'content-type': 'application/json',
    'correlation-id': server.subscribed(TOPIC).headers['correlation-id'],
  };
  server.publish('/user/queue/errors', '{"problem":"not allowed","details":["no rule"]}', headers);
  server.publish('/user/queue/errors', '{"problem":"of nobody","details":[]}', { 'content-type': 'application/json' });
  assert.deepEqual(refused, ['not allowed: no rule', 'of nobody']);
});

test('a message that the page cannot read, or whose callback fails, does not come again', async () => {
  const reports = [];
  globalThis.reportError = ({ message }) => reports.push(message);
  server.receipt = answering({ 'x-stream-offset': 'n1.1.1' });
  const stomp = await server.page();
  stomp.subscribe(TOPIC, (value) => {
    onMessage(value);
    throw new Error('of the page');
  });
  await settle();
  server.publish(TOPIC, '{', { 'content-type': 'application/json', 'x-stream-offset': 'n1.2.1' });
  server.publish(TOPIC, 'next', { 'x-stream-offset': 'n1.3.1' });
  assert.deepEqual(got, ['next']);
  assert.deepEqual([reports.length, reports[1]], [2, 'of the page']);
  delete globalThis.reportError;
});
