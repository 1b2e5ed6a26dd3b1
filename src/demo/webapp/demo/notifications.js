/** Notices of an enterprise bean to one user or to everybody, some kept until they are read; an order in a transaction. */
import { accounts } from '../site.js';
import { byId, element, showOutcome, smallButton } from '../js/view.js';
import { Demo } from './demo.js';

const TOAST_MILLIS = 6000;
const MAX_TOASTS = 3;
const MAX_ARRIVED = 50;

let announced = 0;
let unread = 0;

/** How many the server keeps for the user. */
let keptUnread = 0;

/** What is kept for the user, by its number: the message to acknowledge, and where it is shown. */
const kept = new Map();

const demo = new Demo(() => {
  [...kept.keys()].forEach(hide);
  showKept(0);
  demo.subscribe('/user/queue/kept-notices', keep, { headers: { ack: 'client-individual' } });
  demo.subscribe('/user/queue/kept-notices.seen', (id, { headers }) => {
    hide(id);
    showKept(Number(headers['x-unread']));
  });
  demo.subscribe('/topic/notices', ({ from, text }) => show('all', `${from} to everybody`, text));
  demo.subscribe('/user/queue/notices', ({ from, text }) => show('mine', `${from} to you`, text));
  demo.subscribe('/topic/orders', showOrder, { onRecovered: countOrders });
  countOrders();
});

// What is unread comes again with each connection; what does not was read elsewhere.
demo.onChange(() => {
  if (!demo.isConnected) {
    [...kept.keys()].forEach(hide);
    showKept(0);
  }
});

byId('to').append(...accounts.map(({ login }) => element('option', {}, login)));
byId('to').addEventListener('change', () => {
  byId('keep').disabled = !byId('to').value;
});

// The bell stands in the head of the page, before the user.
byId('bar').insertBefore(byId('bell'), byId('user'));
byId('bell').addEventListener('click', () => {
  showUnread(0);
  byId('toasts').replaceChildren();
  byId('arrived-title').scrollIntoView({ block: 'center' });
  byId('arrived-title').focus();
});
showUnread(0);

byId('notify-form').addEventListener('submit', async (event) => {
  event.preventDefault();
  const notice = { to: byId('to').value || null, text: byId('text').value };
  const isKept = byId('keep').checked && notice.to;
  const sent = await demo.ask('notify-form', isKept ? '/app/notices/kept' : '/app/notices', notice);
  if (sent) {
    (isKept ? showIsKept : showSent)(sent);
  }
});

byId('order-form').addEventListener('submit', async (event) => {
  event.preventDefault();
  const paymentFails = event.submitter.value === 'rollback';
  const isHandled = await demo.send('order-form', '/app/orders', { item: byId('item').value, paymentFails });
  if (isHandled && !paymentFails) {
    showOutcome(byId('outcome'), 'done', 'Committed: the order is in the database, and it was announced to everybody.');
  }
  if (demo.isConnected) {
    countOrders();
  }
});

/** The bean's answer to a notice. */
function showSent({ to, tabs }) {
  const text = `Sent to ${to ?? 'everybody'} on ${tabs} ${tabs === 1 ? 'tab' : 'tabs'}.`;
  showOutcome(byId('notify-outcome'), 'done', tabs > 0 ? text : `${to} has no such tab open: nobody got it.`);
}

function showIsKept({ to, unread }) {
  showOutcome(byId('notify-outcome'), 'done', `Kept until ${to} has read it: ${unread} unread.`);
}

/** A subscription to `/app/…` is a question with one answer. */
function countOrders() {
  const question = demo.subscribe('/app/orders/count', (count) => {
    byId('in-database').textContent = count;
    // The server handles SUBSCRIBE frames in order: the other subscriptions exist now.
    byId('stage').dataset.ready = true;
    question.unsubscribe();
  });
}

function showOrder({ by, item }) {
  byId('announced').textContent = ++announced;
  show('all', 'Order committed', `${by} ordered: ${item}`);
}

/** What was not read comes again with each connection, under the same number. */
function keep({ from, text }, message) {
  const id = message.headers['x-inbox-id'];
  if (kept.has(id)) {
    kept.get(id).message = message;
    return;
  }
  const item = notice('mine', `${from} to you`, text);
  const button = smallButton('Read', () => read(id));
  button.setAttribute('aria-label', `Read: ${text}`);
  button.dataset.needsConnection = '';
  item.append(button);
  kept.set(id, { message, item });
  byId('kept').append(item);
  showKept(Math.max(keptUnread, kept.size));
  if (!message.headers['x-replayed']) {
    toast(notice('mine', `${from} to you`, text));
  }
}

/** The server tells all tabs of the user, and this one, how many are left. */
function read(id) {
  const { message, item } = kept.get(id);
  const next = item.nextElementSibling ?? item.previousElementSibling;
  message.ack();
  hide(id);
  showKept(Math.max(0, keptUnread - 1));
  (next?.querySelector('button') ?? byId('arrived-title')).focus();
}

function hide(id) {
  const item = kept.get(id)?.item;
  const hadFocus = item?.contains(document.activeElement);
  item?.remove();
  kept.delete(id);
  if (hadFocus) {
    byId('arrived-title').focus();
  }
}

function showKept(count) {
  keptUnread = count;
  byId('kept-part').hidden = kept.size === 0;
  showUnread(unread);
}

function show(kind, title, text) {
  byId('arrived').prepend(notice(kind, title, text));
  byId('arrived').children[MAX_ARRIVED]?.remove();
  showUnread(unread + 1);
  toast(notice(kind, title, text));
}

function notice(kind, title, text) {
  const item = element('li', {}, element('p', { className: 'hint' }, title), element('p', {}, text));
  item.dataset.kind = kind;
  return item;
}

/** Shows it above the page for a moment; it stays while a pointer or the focus is on it. */
function toast(item) {
  let timer;
  const stays = () => clearTimeout(timer);
  const goes = () => {
    stays();
    if (!item.matches(':hover, :focus-within')) {
      timer = setTimeout(() => item.remove(), TOAST_MILLIS);
    }
  };
  item.addEventListener('pointerenter', stays);
  item.addEventListener('pointerleave', goes);
  item.addEventListener('focusin', stays);
  item.addEventListener('focusout', goes);
  item.append(
    smallButton('Dismiss', () => {
      item.remove();
      byId('bell').focus();
    }),
  );
  byId('toasts').append(item);
  goes();
  while (byId('toasts').children.length > MAX_TOASTS) {
    byId('toasts').firstElementChild.remove();
  }
}

function showUnread(count) {
  unread = count;
  const all = unread + keptUnread;
  byId('unread').textContent = all > 99 ? '99+' : all;
  byId('unread').hidden = all === 0;
  byId('bell').setAttribute('aria-label', `Notifications, ${all} unread`);
  const hasArrived = byId('arrived').children.length > 0;
  byId('not-kept').hidden = !hasArrived;
  byId('nothing').hidden = hasArrived || kept.size > 0;
}
