/** A text that several people write at once, with a ledger of what came. */
import { byId, element } from '../js/view.js';
import { Demo } from './demo.js';
import { StomplineProvider } from './stompline-provider.js';
import { applyUpdate, encodeStateAsUpdate, mergeUpdates, TextDoc } from './text-doc.js';

const SHOWN_ENTRIES = 100;
const CUT_MILLIS = 10_000;
/** How often a page tells that it is here, and how long the others believe it. */
const TELL_MILLIS = 10_000;
const FORGET_MILLIS = 30_000;

const asked = new URLSearchParams(location.search);
const name = asked.get('text') ?? 'notes';
/** Shorter in tests. */
const cutMillis = Math.min(Number(asked.get('cut')) * 1000 || CUT_MILLIS, CUT_MILLIS);
const field = byId('text');
const doc = new TextDoc();
const client = String(doc.clientID);
/** What others do, by their client: a line of the list, and the timer that removes it. */
const others = new Map();
/** The field as the document had it last. */
let shown = '';
let toldLine = 0;

const demo = new Demo(
  () => {
    provider.subscribe();
    demo.subscribe(`/topic/cursors/${name}`, showOther);
    demo.subscribe('/app/servers', offerServers);
  },
  { whileOffline: 'what you write meanwhile is sent then.' },
);

const provider = new StomplineProvider({ applyUpdate, encodeStateAsUpdate, mergeUpdates }, doc, demo, name);
provider.addEventListener('change', show);
provider.addEventListener('entry', ({ detail }) => showEntry(detail));
provider.addEventListener('refused', ({ detail }) => showRefusal(detail));
provider.addEventListener('confirmed', () => showRefusal({}));
doc.on('update', showText);

byId('name').textContent = name;
byId('second').href = `text.html?text=${encodeURIComponent(name)}&as=user2`;
byId('cut').textContent = `Cut the line for ${cutMillis / 1000} s`;
byId('cut').addEventListener('click', () => demo.cutLine(cutMillis));
field.addEventListener('input', takeOver);
demo.onChange(tellCursor);
document.addEventListener('selectionchange', () => lineOfCursor() !== toldLine && tellCursor());
setInterval(tellCursor, TELL_MILLIS);
addEventListener('pagehide', () => demo.isConnected && demo.tell(`/topic/cursors/${name}`, undefined, { client }));

/** Puts what was typed into the document: it is what lies between an equal beginning and an equal end. */
function takeOver() {
  const { value } = field;
  const { start, oldEnd, newEnd } = difference(shown, value, field.selectionEnd);
  shown = value;
  doc.replace(start, oldEnd - start, value.slice(start, newEnd));
}

/** What others have changed. The selection stays where it is in the text. */
function showText() {
  const text = doc.toString();
  if (text === shown) {
    return;
  }
  const { start, oldEnd, newEnd } = difference(shown, text, Infinity);
  const moved = (at) => (at <= start ? at : at >= oldEnd ? at + newEnd - oldEnd : Math.min(at, newEnd));
  const { selectionStart, selectionEnd, scrollTop } = field;
  shown = field.value = text;
  field.setSelectionRange(moved(selectionStart), moved(selectionEnd));
  field.scrollTop = scrollTop;
}

/** Where two texts differ. In "aa" nobody sees which "a" is new: it ends before the cursor. */
function difference(before, after, cursor) {
  const shorter = Math.min(before.length, after.length);
  let end = 0;
  const mostEnd = Math.min(shorter, after.length - Math.min(cursor, after.length));
  while (end < mostEnd && before.at(-1 - end) === after.at(-1 - end)) {
    end++;
  }
  let start = 0;
  while (start < shorter - end && before[start] === after[start]) {
    start++;
  }
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) {
    end++;
  }
  return { start, oldEnd: before.length - end, newEnd: after.length - end };
}

function show() {
  const { ledger, position, recovered, snapshots } = provider;
  field.readOnly = snapshots === 0;
  const figures = {
    received: ledger.received,
    gaps: ledger.gaps,
    doubles: ledger.doubles,
    again: ledger.again,
    snapshots,
    recovered: recovered.true,
    'not-recovered': recovered.false,
  };
  for (const [id, figure] of Object.entries(figures)) {
    byId(id).textContent = figure;
  }
  for (const id of ['gaps', 'doubles']) {
    byId(id).classList.toggle('wrong', figures[id] > 0);
  }
  byId('position').textContent = position || '–';
  byId('kept').textContent = provider.isConfirmed ? 'All that you wrote is kept.' : 'Not all that you wrote is kept yet.';
}

function showEntry({ client: from, number, position, outcome }) {
  const entries = byId('entries');
  const isAtEnd = entries.scrollTop + entries.clientHeight >= entries.scrollHeight - 5;
  const note = outcome === 'new' ? '' : ` ${outcome}`;
  const by = from === client ? 'you' : from;
  entries.append(element('li', { className: outcome }, `${by}, ${number}${position ? ` at ${position}` : ''}${note}`));
  while (entries.children.length > SHOWN_ENTRIES) {
    entries.firstElementChild.remove();
  }
  if (isAtEnd) {
    entries.scrollTop = entries.scrollHeight;
  }
}

function showRefusal({ problem, details = [] }) {
  byId('refusal').textContent = problem ? `Not taken, the page tries again: ${details.join(' ') || problem}` : '';
  show();
}

/** Offers the next one of the servers that the demo knows, if there are several. */
function offerServers(endpoints) {
  const next = endpoints[(endpoints.indexOf(demo.endpoint) + 1) % endpoints.length];
  byId('move').hidden = endpoints.length < 2;
  byId('move').onclick = () => demo.moveTo(next);
  byId('server').hidden = endpoints.length < 2;
  byId('server').textContent = `This page is at ${demo.endpoint}`;
}

const lineOfCursor = () => field.value.slice(0, field.selectionEnd).split('\n').length;

/** The last value of a topic: who comes later sees it, and nobody sees those before. */
function tellCursor() {
  if (demo.isConnected) {
    toldLine = lineOfCursor();
    demo.tell(`/topic/cursors/${name}`, { line: toldLine }, { client });
  }
}

/** The server says who it is; the page only where. */
function showOther(cursor, { headers: { client: from, sender } }) {
  if (from === client || !from) {
    return;
  }
  forget(from);
  if (cursor) {
    const entry = element('li', {}, `${sender}, line ${cursor.line}`);
    byId('others').append(entry);
    others.set(from, { entry, timer: setTimeout(() => forget(from), FORGET_MILLIS) });
  }
}

function forget(from) {
  clearTimeout(others.get(from)?.timer);
  others.get(from)?.entry.remove();
  others.delete(from);
}
