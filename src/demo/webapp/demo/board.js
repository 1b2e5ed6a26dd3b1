/** Cards in three columns, moved by several people. */
import { byId, element, smallButton } from '../js/view.js';
import { Demo } from './demo.js';

const COLUMNS = { TODO: 'To do', DOING: 'Doing', DONE: 'Done' };
const NAMES = Object.keys(COLUMNS);
/** A browser that went away says no more of the card that it dragged. */
const GHOST_MILLIS = 15000;

const lists = Object.fromEntries(NAMES.map((name) => [name, makeColumn(name)]));

/** What others drag, by the id of the card: the element and its timer. */
const ghosts = new Map();
/** What is dragged here, and the place that the others know. */
let dragged = null;

const demo = new Demo(() => {
  demo.subscribe('/topic/local/board', showGhost);
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
    if (dragged) {
      tellDrag(name, above(list, dragged.id, event.clientY));
    }
  });
  column.addEventListener('dragleave', () => column.classList.remove('over'));
  column.addEventListener('drop', (event) => {
    event.preventDefault();
    column.classList.remove('over');
    const id = Number(event.dataTransfer.getData('text/plain'));
    if (demo.isConnected) {
      move(id, name, above(list, id, event.clientY));
    }
  });
  byId('columns').append(column);
  return list;
}

/** How many cards of the column, but for that one, are above the pointer. */
function above(list, id, pointerY) {
  return cardsOf(list, id).filter((card) => middle(card) < pointerY).length;
}

function middle(card) {
  const { top, height } = card.getBoundingClientRect();
  return top + height / 2;
}

/** The cards of a column, without ghosts and the card of that id. */
function cardsOf(list, id) {
  return [...list.querySelectorAll('[draggable]')].filter((card) => card.id !== cardId(id));
}

/** Tells the others, if it is another place than before. */
function tellDrag(over, above) {
  if (dragged.over !== over || dragged.above !== above) {
    dragged = { ...dragged, over, above };
    demo.tell('/app/board/drag', dragged);
  }
}

/** A copy of a card at the place over which somebody else drags it. */
function showGhost({ id, over, above, by }) {
  removeGhost(id);
  const card = byId(cardId(id));
  if (!card || !NAMES.includes(over)) {
    return;
  }
  const ghost = element(
    'li',
    { className: 'ghost' },
    element('p', {}, card.querySelector('p').textContent),
    element('p', { className: 'hint' }, `${by} is moving it`),
  );
  // Who reads with a screen reader hears of the move itself.
  ghost.setAttribute('aria-hidden', 'true');
  lists[over].insertBefore(ghost, cardsOf(lists[over], id)[above] ?? null);
  card.classList.add('held');
  ghosts.set(id, { ghost, timer: setTimeout(() => removeGhost(id), GHOST_MILLIS) });
}

function removeGhost(id) {
  const shown = ghosts.get(id);
  if (shown) {
    clearTimeout(shown.timer);
    shown.ghost.remove();
    ghosts.delete(id);
    byId(cardId(id))?.classList.remove('held');
  }
}

const cardId = (id) => `card-${id}`;

function showAll(columns) {
  [...ghosts.keys()].forEach(removeGhost);
  keepingFocus(() => {
    for (const name of NAMES) {
      lists[name].replaceChildren(...columns[name].map(makeCard));
    }
  });
}

/** Applies a change of the server: the browser that moved a card waits for its own change like all others. */
function change({ card, above }) {
  removeGhost(card.id);
  keepingFocus(() => {
    byId(cardId(card.id))?.remove();
    if (card.column) {
      const list = lists[card.column];
      list.insertBefore(makeCard(card), cardsOf(list, card.id)[above] ?? null);
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
      dragged = { id };
    } else {
      event.preventDefault();
    }
  });
  card.addEventListener('dragend', () => {
    tellDrag(null, 0);
    dragged = null;
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
