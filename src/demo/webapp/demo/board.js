/** Cards in three columns, moved by several people. */
import { byId, element, smallButton } from '../js/view.js';
import { Demo } from './demo.js';

const COLUMNS = { TODO: 'To do', DOING: 'Doing', DONE: 'Done' };
const NAMES = Object.keys(COLUMNS);

const lists = Object.fromEntries(NAMES.map((name) => [name, makeColumn(name)]));

const demo = new Demo(() => {
  demo.subscribe('/user/queue/errors', ({ details }) => (byId('outcome').textContent = details.join(' ')));
  demo.follow('/topic/board', showAll, change);
});

byId('add-form').addEventListener('submit', async (event) => {
  event.preventDefault();
  byId('outcome').textContent = '';
  if (await demo.send('/app/board/add', { text: byId('text').value })) {
    byId('text').value = '';
  }
});

/** Makes a column into which cards can be dropped. */
function makeColumn(name) {
  const list = element('ol', { className: 'column-cards', ariaLabel: COLUMNS[name] });
  const column = element('section', { className: 'card' }, element('h2', {}, COLUMNS[name]), list);
  column.addEventListener('dragover', (event) => {
    event.preventDefault();
    column.classList.add('over');
  });
  column.addEventListener('dragleave', () => column.classList.remove('over'));
  column.addEventListener('drop', (event) => {
    event.preventDefault();
    column.classList.remove('over');
    const id = Number(event.dataTransfer.getData('text/plain'));
    const others = [...list.children].filter((card) => card.id !== cardId(id));
    move(id, name, others.filter((card) => middle(card) < event.clientY).length);
  });
  byId('columns').append(column);
  return list;
}

function middle(card) {
  const { top, height } = card.getBoundingClientRect();
  return top + height / 2;
}

const cardId = (id) => `card-${id}`;

function showAll(columns) {
  for (const name of NAMES) {
    lists[name].replaceChildren(...columns[name].map(makeCard));
  }
}

/** Does what the server did, nothing else: a browser that moved a card waits for its own change like all others. */
function change({ card, above }) {
  byId(cardId(card.id))?.remove();
  if (card.column) {
    const list = lists[card.column];
    list.insertBefore(makeCard(card), list.children[above] ?? null);
  }
}

function makeCard({ id, text, column, by }) {
  const place = NAMES.indexOf(column);
  const buttons = element('div', { className: 'row' });
  if (place > 0) {
    buttons.append(action(`← ${COLUMNS[NAMES[place - 1]]}`, text, () => move(id, NAMES[place - 1], 0)));
  }
  if (place < NAMES.length - 1) {
    buttons.append(action(`${COLUMNS[NAMES[place + 1]]} →`, text, () => move(id, NAMES[place + 1], 0)));
  }
  buttons.append(action('Remove', text, () => demo.send('/app/board/remove', { id })));
  const card = element(
    'li',
    { id: cardId(id), draggable: true },
    element('p', {}, text),
    element('p', { className: 'hint' }, `last moved by ${by}`),
    buttons,
  );
  card.addEventListener('dragstart', (event) => event.dataTransfer.setData('text/plain', id));
  return card;
}

function action(name, text, onClick) {
  const button = smallButton(name, onClick);
  button.setAttribute('aria-label', `${name}: ${text}`);
  return button;
}

function move(id, to, above) {
  demo.send('/app/board/move', { id, to, above });
}
