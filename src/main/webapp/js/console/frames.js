/** The Frames card: every frame, both ways, as it went over the WebSocket. */
import { byId, element, timeOfDay } from '../view.js';

const MAX_FRAMES = 200;
const NUL = /\0/g;

/** Shows the frames of the connection while the card is open; the last ones are kept while it is not. */
export function showFrames(connection) {
  /** Newest first. */
  let frames = [];
  connection.addEventListener('frame', ({ detail }) => {
    if (byId('heart-beat-frames').checked || detail.text.trim() !== '') {
      frames = [{ ...detail, text: withoutSecrets(detail.text), at: new Date() }, ...frames].slice(0, MAX_FRAMES);
      schedule();
    }
  });
  byId('frames-card').addEventListener('toggle', schedule);
  byId('clear-frames').addEventListener('click', () => {
    frames = [];
    schedule();
  });

  let isScheduled = false;
  function schedule() {
    if (!isScheduled) {
      isScheduled = true;
      requestAnimationFrame(paint);
    }
  }

  function paint() {
    isScheduled = false;
    if (byId('frames-card').open) {
      const shown = new Map([...byId('frames').children].map((item) => [item.frame, item]));
      byId('frames').replaceChildren(...frames.map((frame) => shown.get(frame) ?? item(frame)));
    }
  }
}

function item(frame) {
  const { text } = frame;
  const command = text.trim() === '' ? 'heart-beat' : text.trimStart().split(/\r?\n/, 1)[0];
  const destination = /^destination:(.*)$/m.exec(text.split(/\r?\n\r?\n/, 1)[0])?.[1] ?? '';
  const made = element(
    'li',
    { className: 'frame' },
    element(
      'details',
      {},
      element(
        'summary',
        {},
        element('span', { className: 'direction' }, frame.direction === 'sent' ? '→ sent' : '← received'),
        element('strong', {}, command),
        element('code', {}, destination),
        element('time', { dateTime: frame.at.toISOString() }, timeOfDay(frame.at)),
      ),
      element('pre', { tabIndex: 0, className: 'body' }, text.replace(NUL, '^@')),
      element('p', { className: 'hint' }, meaning(command), ' ', element('a', { href: 'guide.html#frames' }, 'All headers')),
    ),
  );
  made.frame = frame;
  return made;
}

const MEANINGS = {
  CONNECT: 'Opens the STOMP connection: versions, who it is, heart-beats.',
  CONNECTED: 'The server has agreed: version, session, user, heart-beats.',
  SUBSCRIBE: 'From its RECEIPT on, messages of the destination arrive with this id in the header subscription.',
  UNSUBSCRIBE: 'Ends the subscription with this id.',
  SEND: 'A message to a destination; headers of your own go with it.',
  MESSAGE: 'A message of a subscription.',
  RECEIPT: 'The frame that had this receipt has been carried out.',
  ACK: 'A message is done with.',
  NACK: 'A message is refused: it goes to another consumer, or comes again.',
  ERROR: 'A frame could not be carried out; the connection ends.',
  DISCONNECT: 'The client leaves when it has the RECEIPT.',
  'heart-beat': 'A line end that says: I am still here.',
};

function meaning(command) {
  return MEANINGS[command] ?? '';
}

/** What others may read over the shoulder, or on a screenshot. */
function withoutSecrets(text) {
  const hidden = text.replaceAll(/^(passcode|authorization):.*$/gim, '$1:…');
  return /^destination:\/app\/stompline\/token\r?$/m.test(hidden) ? hidden.replace(/(\r?\n\r?\n)[^\0]*/, '$1…') : hidden;
}
