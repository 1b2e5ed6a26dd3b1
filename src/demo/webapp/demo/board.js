/** Cards in three columns, moved by several people. */
import { byId, element, smallButton } from '../js/view.js';
import { Demo } from './demo.js';

const COLUMNS = { TODO: 'To do', DOING: 'Doing', DONE: 'Done' };
const NAMES = Object.keys(COLUMNS);

const lists = Object.fromEntries(NAMES.map((name) => [name, makeColumn(name)]));

const demo = new Demo(() => {
  demo.follow('/topic/board', showAll, change);
});

byId('add-form').addEventListener('submit', (event) => {
  event.preventDefault();
  demo.sendText('add-form', '/app/board/add');
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
  keepingFocus(() => {
    for (const name of NAMES) {
      lists[name].replaceChildren(...columns[name].map(makeCard));
    }
  });
}

/** Applies a change of the server: the browser that moved a card waits for its own change like all others. */
function change({ card, above }) {
  keepingFocus(() => {
    byId(cardId(card.id))?.remove();
    if (card.column) {
      const list = lists[card.column];
      list.insertBefore(makeCard(card), list.children[above] ?? null);
    }
  });
}

/** Replaces cards. If an old card had the focus, the new one gets it: its button of the same kind, or else its first button. */
function keepingFocus(change) {
  const focused = document.activeElement;
  const id = focused.closest('.column-cards > li')?.id;
  change();
  if (id && !focused.isConnected) {
    const buttons = [...(byId(id)?.querySelectorAll('button') ?? [])];
    const successor = buttons.find(({ dataset }) => dataset.kind === focused.dataset.kind) ?? buttons[0];
    (successor ?? byId('text')).focus();
  }
}

function makeCard({ id, text, column, by }) {
  const place = NAMES.indexOf(column);
  const buttons = element('div', { className: 'row' });
  if (place > 0) {
    buttons.append(action('back', `← ${COLUMNS[NAMES[place - 1]]}`, text, () => move(id, NAMES[place - 1], 0)));
  }
  if (place < NAMES.length - 1) {
    buttons.append(action('forth', `${COLUMNS[NAMES[place + 1]]} →`, text, () => move(id, NAMES[place + 1], 0)));
  }
  buttons.append(action('remove', 'Remove', text, () => demo.send('board', '/app/board/remove', { id })));
  const card = element(
    'li',
    { id: cardId(id), draggable: true },
    element('p', {}, text),
    element('p', { className: 'hint' }, `last moved by ${by}`),
    buttons,
  );
  card.addEventListener('dragstart', (event) => {
    if (demo.isConnected) {
      event.dataTransfer.setData('text/plain', id);
    } else {
      event.preventDefault();
    }
  });
  return card;
}

function action(kind, name, text, onClick) {
  const button = smallButton(name, onClick);
  button.setAttribute('aria-label', `${name}: ${text}`);
  button.dataset.kind = kind;
  button.dataset.needsConnection = '';
  return button;
}

function move(id, to, above) {
  demo.send('board', '/app/board/move', { id, to, above });
}
