import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyUpdate, encodeStateAsUpdate, mergeUpdates, TextDoc } from '../../demo/webapp/demo/text-doc.js';
import { TextLedger } from '../../demo/webapp/demo/text-ledger.js';

/** Random numbers that are the same in each run. */
function numbersFrom(seed) {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function pages(count) {
  const made = Array.from({ length: count }, (_, i) => Object.assign(new TextDoc(), { clientID: i + 1 }));
  const updates = [];
  made.forEach((doc) => doc.on('update', (update, origin) => origin ?? updates.push(update)));
  return { made, updates };
}

test('text of two pages that write at the same place keeps both words whole', () => {
  const { made: [ann, bob], updates } = pages(2);
  ann.replace(0, 0, 'Anna');
  bob.replace(0, 0, 'Bob');
  [ann, bob].forEach((doc) => updates.forEach((update) => applyUpdate(doc, update, 'other')));
  assert.equal(ann.toString(), bob.toString());
  assert.match(ann.toString(), /^(AnnaBob|BobAnna)$/);
});

test('text is the same for all, in whatever order and however often updates come', () => {
  for (let seed = 1; seed <= 200; seed++) {
    const below = numbersFrom(seed);
    const { made, updates } = pages(3);
    const heard = made.map(() => 0);
    for (let step = 0; step < 40; step++) {
      const who = below(3);
      const { length } = made[who].toString();
      made[who].replace(below(length + 1), below(3), 'abcdefgh'.slice(0, below(5)));
      const other = below(3);
      while (heard[other] < updates.length && below(4) > 0) {
        applyUpdate(made[other], updates[heard[other]++], 'other');
      }
    }
    const shuffled = [...updates, ...updates.slice(0, 5)].sort(() => below(3) - 1);
    made.forEach((doc) => shuffled.forEach((update) => applyUpdate(doc, update, 'other')));
    const [first, ...others] = made.map(String);
    others.forEach((text) => assert.equal(text, first, `seed ${seed}`));
    assert.equal(textOf(encodeStateAsUpdate(made[0])), first);
    assert.equal(textOf(mergeUpdates(updates)), first);
  }
});

test('text is not harmed by an update that no page makes', () => {
  const { made: [ann, bob], updates } = pages(2);
  ann.replace(0, 0, 'Ann');
  const send = (json) => applyUpdate(bob, new TextEncoder().encode(json), 'other');
  const wrong = [[], [1, 2, 0], [1, 2, 0, 1e9], [1, 2, 0, {}], ['1', 2, 0, 'x'], [1, 2, [1], 'x'], [1, 2, null, 'x']];
  [null, 7, {}, 'text', [7], ...wrong.map((operation) => [operation])].forEach((each) => send(JSON.stringify(each)));
  send('no JSON');
  assert.equal(bob.operations().length, 0);
  updates.forEach((update) => applyUpdate(bob, update, 'other'));
  assert.equal(String(bob), 'Ann');
  [100, 101].forEach((client) => send(JSON.stringify([[1, client, 0, 40_000]])));
  assert.equal(bob.operations().reduce((sum, [, , , text]) => sum + (text.length ?? text), 0), 50_000);
});

test('text of characters outside of the basic plane, one half of which is replaced, is the same for all', () => {
  const { made: [ann, bob], updates } = pages(2);
  ann.replace(0, 0, '😀');
  ann.replace(1, 1, '\ude01');
  updates.forEach((update) => applyUpdate(bob, update, 'other'));
  assert.equal(bob.toString(), '😁');
});

test('text that one page wrote and partly erased is a few operations', () => {
  const { made: [ann] } = pages(1);
  [...'Good morning, everybody'].forEach((letter, i) => ann.replace(i, 0, letter));
  ann.replace(4, 8, '');
  assert.equal(ann.toString(), 'Good, everybody');
  assert.equal(ann.operations().length, 3);
});

test('ledger of updates in order counts them, and nothing else', () => {
  const ledger = new TextLedger();
  ledger.snapshot({ 1: 7 });
  assert.deepEqual(
    [['1', 8], ['2', 1], ['1', 9]].map(([client, number]) => ledger.update(client, number, false)),
    ['new', 'new', 'new'],
  );
  assert.deepEqual([ledger.received, ledger.gaps, ledger.doubles, ledger.again], [3, 0, 0, 0]);
  assert.deepEqual(ledger.numbers, { 1: 9, 2: 1 });
});

test('ledger of an update that is missing counts the gap, of one more the double', () => {
  const ledger = new TextLedger();
  ledger.snapshot({});
  ledger.update('1', 1, false);
  assert.equal(ledger.update('1', 4, false), 'gap');
  assert.equal(ledger.update('1', 4, false), 'double');
  assert.equal(ledger.update('2', 2, false), 'gap');
  assert.deepEqual([ledger.gaps, ledger.doubles], [3, 1]);
});

test('ledger of what is in the snapshot and comes all the same is right from there on', () => {
  const ledger = new TextLedger();
  ledger.snapshot({ 1: 7 });
  assert.equal(ledger.update('1', 6, false), 'in the snapshot');
  assert.equal(ledger.update('1', 7, false), 'new');
  assert.equal(ledger.update('1', 6, false), 'double');
  assert.equal(ledger.update('1', 9, false), 'gap');
});

test('ledger of a snapshot that lacks what had come counts the gap', () => {
  const ledger = new TextLedger();
  ledger.snapshot({ 1: 7 });
  ledger.update('1', 8, false);
  ledger.snapshot({ 1: 6 });
  assert.equal(ledger.gaps, 2);
});

test('ledger of what was published twice does not count a double, whichever came first', () => {
  const ledger = new TextLedger();
  ledger.snapshot({});
  ledger.update('1', 1, false);
  assert.equal(ledger.update('1', 1, true), 'again');
  assert.equal(ledger.update('1', 2, true), 'new');
  assert.equal(ledger.update('1', 2, false), 'again');
  assert.equal(ledger.update('1', 2, false), 'double');
  assert.deepEqual([ledger.again, ledger.doubles], [2, 1]);
});

test('what another server sends again, and marks, is no double; what comes unmarked after it is one', () => {
  const ledger = new TextLedger();
  ledger.snapshot({ 1: 5 });
  ledger.update('1', 6, false);
  assert.equal(ledger.update('1', 4, false, true), 'again');
  assert.equal(ledger.update('1', 6, false, true), 'again');
  assert.equal(ledger.update('1', 7, false, true), 'new');
  assert.equal(ledger.update('1', 7, false), 'double');
  assert.deepEqual([ledger.gaps, ledger.doubles, ledger.again], [0, 1, 2]);
});

function textOf(update) {
  const doc = new TextDoc();
  applyUpdate(doc, update, 'other');
  return doc.toString();
}
