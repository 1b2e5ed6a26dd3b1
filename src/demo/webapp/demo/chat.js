/** Rooms in which people talk. */
import { byId, element } from '../js/view.js';
import { Demo } from './demo.js';

const ROOMS = ['lobby', 'java', 'coffee'];

let room = ROOMS[0];
let leave = null;

const demo = new Demo(() => {
  leave = null;
  enter(room);
});

byId('rooms').append(
  ...ROOMS.map((name) => {
    const button = element('button', { type: 'button', textContent: `# ${name}` });
    button.dataset.room = name;
    button.dataset.needsConnection = '';
    button.addEventListener('click', () => enter(name));
    return button;
  }),
);

byId('say-form').addEventListener('submit', (event) => {
  event.preventDefault();
  demo.sendText('say-form', `/app/chat/${room}/say`);
});

/** Goes from one room to another; after a reconnect, into the same. */
function enter(name) {
  room = name;
  byId('room').textContent = `# ${name}`;
  for (const button of document.querySelectorAll('[data-room]')) {
    button.setAttribute('aria-pressed', button.dataset.room === name);
  }
  leave?.();
  byId('lines').replaceChildren();
  leave = demo.follow(
    `/topic/chat/${name}`,
    ({ lines, here }) => {
      lines.forEach(showLine);
      showHere(here);
    },
    ({ said, here }) => (said ? showLine(said) : showHere(here)),
  );
}

function showLine({ by, text, at }) {
  const time = element('time', { dateTime: at }, new Date(at).toLocaleTimeString([], { timeStyle: 'short' }));
  const lines = byId('lines');
  lines.append(element('li', {}, time, element('span', { className: 'by' }, by), element('span', {}, text)));
  lines.scrollTop = lines.scrollHeight;
}

function showHere(names) {
  byId('here').replaceChildren(
    ...names.map((name) => element('li', {}, name === demo.user ? `${name} (you)` : name)),
  );
}
