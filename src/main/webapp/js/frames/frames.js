/** The Frames card: every frame, both ways, as it went over the WebSocket, explained when it is opened. */
import { framesIn, parsed } from './frame-text.js';
import { commandWords, headerWords } from './frame-words.js';
import { byId, element, timeOfDay } from '../view.js';

const MAX_FRAMES = 200;
const NUL = /\0/g;

/** Headers whose values are not shown, in any case; a test holds them against those that the server does not pass on. */
const SECRETS = ['authorization', 'passcode'];
const SECRET_LINE = new RegExp(`^(${SECRETS.join('|')}):.*$`, 'gim');

/** Shows the frames of the connection while the card is open; the last ones are kept while it is not. */
export function showFrames(connection) {
  /** Newest first; those that are in the list have an item. */
  let frames = [];
  let isScheduled = false;

  connection.addEventListener('frames', ({ detail: { direction, text } }) => {
    for (const frame of framesIn(text)) {
      if (byId('heart-beat-frames').checked || frame.trim() !== '') {
        frames.unshift({ direction, text: withoutSecrets(frame), at: new Date() });
      }
    }
    while (frames.length > MAX_FRAMES) {
      frames.splice(frames.findLastIndex(isUnused), 1)[0].item?.remove();
    }
    schedule();
  });
  byId('frames-card').addEventListener('toggle', schedule);
  byId('clear-frames').addEventListener('click', () => {
    frames = [];
    byId('frames').replaceChildren();
  });
  byId('frames-limit').textContent =
    `Every frame, both ways, newest first; the last ${MAX_FRAMES} are kept. A click shows all of it, and what it means.`;

  function schedule() {
    if (!isScheduled) {
      isScheduled = true;
      requestAnimationFrame(paint);
    }
  }

  function paint() {
    isScheduled = false;
    if (!byId('frames-card').open) {
      return;
    }
    const fresh = frames.filter((frame) => !frame.item);
    fresh.forEach((frame) => (frame.item = item(frame)));
    byId('frames').prepend(...fresh.map((frame) => frame.item));
  }
}

/** A frame that is open, or has the focus, is not taken away from the reader. */
const isUnused = ({ item }) => !item?.matches(':has([open]), :focus-within');

function item({ direction, text, at }) {
  const { command, headers } = parsed(text);
  const destination = headers.find(([name]) => name === 'destination')?.[1] ?? '';
  const details = element(
    'details',
    {},
    element(
      'summary',
      {},
      element('span', { className: 'direction' }, direction === 'sent' ? '→ sent' : '← received'),
      element('strong', {}, command),
      element('code', {}, destination),
      element('time', { dateTime: at.toISOString() }, timeOfDay(at)),
    ),
  );
  details.addEventListener('toggle', () => details.append(opened(text, command, headers)), { once: true });
  return element('li', { className: 'frame' }, details);
}

/** The frame as it was, and its explanation. */
function opened(text, command, headers) {
  const raw = element('pre', { tabIndex: 0, className: 'body' }, text.replace(NUL, '^@'));
  raw.setAttribute('aria-label', 'The frame');
  return element(
    'div',
    { className: 'opened' },
    raw,
    element(
      'dl',
      { className: 'explained' },
      element('dt', {}, element('strong', {}, command)),
      explanation(commandWords(command)),
      ...headers.flatMap(([name]) => [element('dt', {}, name), explanation(headerWords(command, name))]),
    ),
  );
}

function explanation({ text, chapter }) {
  const link = element('a', { href: `guide.html#${chapter}`, target: '_blank', rel: 'noopener' }, 'More');
  link.setAttribute('aria-label', `More in the guide: ${text}`);
  return element('dd', {}, text, ' ', link);
}

/** The text without what others could read over the shoulder, or on a screenshot. */
function withoutSecrets(text) {
  const hidden = text.replaceAll(SECRET_LINE, '$1:…');
  return /^destination:\/app\/stompline\/token\r?$/m.test(hidden) ? hidden.replace(/(\r?\n\r?\n)[^\0]*/, '$1…') : hidden;
}
