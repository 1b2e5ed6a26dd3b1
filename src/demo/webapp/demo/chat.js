/** Rooms in which people talk. */
import { byId, element, smallButton } from '../js/view.js';
import { Demo } from './demo.js';

const ROOMS = ['lobby', 'java', 'coffee'];
const TITLE = document.title;
const TELL_TYPING_MILLIS = 2000;
const SHOW_TYPING_MILLIS = 4000;
const CUT_MILLIS = 10_000;

let room = ROOMS[0];
let subscriptions = [];
let unread = 0;
let toldTypingAt = 0;
/** Timers that forget who is typing, by user. */
const typing = new Map();

const demo = new Demo(() => enter(room));

byId('rooms').append(
  ...ROOMS.map((name) => {
    const button = smallButton(`# ${name}`, () => enter(name));
    button.dataset.room = name;
    button.dataset.needsConnection = '';
    return button;
  }),
);

byId('say-form').addEventListener('submit', (event) => {
  event.preventDefault();
  toldTypingAt = 0;
  demo.sendText('say-form', `/app/chat/${room}/say`);
});

byId('text').addEventListener('input', () => {
  if (Date.now() - toldTypingAt >= TELL_TYPING_MILLIS) {
    toldTypingAt = Date.now();
    demo.tell(`/app/chat/${room}/typing`);
  }
});

byId('cut').addEventListener('click', () => demo.cutLine(CUT_MILLIS));

document.addEventListener('visibilitychange', () => {
  if (!document.hidden) {
    showUnread(0);
  }
});

/** Goes from one room to another. */
function enter(name) {
  room = name;
  byId('room').textContent = `# ${name}`;
  for (const button of document.querySelectorAll('[data-room]')) {
    button.setAttribute('aria-pressed', button.dataset.room === name);
  }
  subscriptions.forEach((subscription) => subscription.unsubscribe());
  subscriptions = [
    demo.subscribe(`/topic/local/chat/${name}`, ({ by }) => types(by)),
    demo.follow(`/topic/chat/${name}`, showRoom, hear),
    demo.presence(`/topic/chat/${name}`, showHere),
  ];
  showRoom({ lines: [] });
  showHere(new Map());
}

/** As it is when one enters, or comes back. */
function showRoom({ lines }) {
  byId('lines').replaceChildren();
  [...typing.keys()].forEach(stopsTyping);
  lines.forEach(showLine);
}

/** Somebody said something just now. */
function hear(line) {
  showLine(line);
  stopsTyping(line.by);
  if (document.hidden) {
    showUnread(unread + 1);
  }
}

function showLine({ by, text, at }) {
  const time = element('time', { dateTime: at }, new Date(at).toLocaleTimeString([], { timeStyle: 'short' }));
  const isOwn = by === demo.user;
  const lines = byId('lines');
  lines.append(
    element(
      'li',
      { className: isOwn ? 'own' : '' },
      element('p', { className: 'line-head' }, element('span', { className: 'by' }, isOwn ? 'you' : by), ' ', time),
      element('p', {}, text),
    ),
  );
  lines.scrollTop = lines.scrollHeight;
}

/** The members by name; of a crowd the number only. */
function showHere(members, count) {
  const names = members.size || !count ? [...members.keys()].sort() : [`${count} people`];
  byId('here').replaceChildren(
    ...names.map((name) => element('li', {}, name === demo.user ? `${name} (you)` : name)),
  );
}

function types(user) {
  clearTimeout(typing.get(user));
  typing.set(
    user,
    setTimeout(() => stopsTyping(user), SHOW_TYPING_MILLIS),
  );
  showTyping();
}

function stopsTyping(user) {
  clearTimeout(typing.get(user));
  typing.delete(user);
  showTyping();
}

function showTyping() {
  const users = [...typing.keys()].sort();
  const text = users.length > 0 ? `${users.join(' and ')} ${users.length > 1 ? 'are' : 'is'} typing …` : '';
  // A screen reader repeats a text that is set again, even if it is the same.
  if (byId('typing').textContent !== text) {
    byId('typing').textContent = text;
  }
}

function showUnread(count) {
  unread = count;
  document.title = count > 0 ? `(${count}) ${TITLE}` : TITLE;
}
