/** Notices of an enterprise bean to one user or to everybody, and an order in a transaction. */
import { accounts } from '../site.js';
import { byId, element, showOutcome } from '../js/view.js';
import { Demo } from './demo.js';

let announced = 0;

const demo = new Demo(() => {
  demo.subscribe('/topic/notices', ({ from, text }) => show('all', `${from} to everybody`, text));
  demo.subscribe('/user/queue/notices', ({ from, text }) => show('mine', `${from} to you`, text));
  demo.subscribe('/topic/orders', ({ by, item }) => {
    byId('announced').textContent = ++announced;
    show('all', 'Order committed', `${by} ordered: ${item}`);
  });
  countOrders();
});

byId('to').append(...accounts.map(({ login }) => element('option', {}, login)));

byId('notify-form').addEventListener('submit', (event) => {
  event.preventDefault();
  demo.send('notify-form', '/app/notices', { to: byId('to').value || null, text: byId('text').value });
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

/** A subscription to `/app/…` is a question with one answer. */
function countOrders() {
  const unsubscribe = demo.subscribe('/app/orders/count', (count) => {
    byId('in-database').textContent = count;
    // The server handles SUBSCRIBE frames in order: the other subscriptions exist now.
    byId('stage').dataset.ready = true;
    unsubscribe();
  });
}

function show(kind, title, text) {
  const item = element('li', {}, element('p', { className: 'hint' }, title), element('p', {}, text));
  item.dataset.kind = kind;
  byId('arrived').prepend(item);
  byId('nothing').hidden = true;
}
