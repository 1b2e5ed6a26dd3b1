/** The Messages card: the messages newest first, a line each, with filter, pause, download and clear. */
import { download } from './download.js';
import { asJson } from './message-text.js';
import { MAX_MESSAGES } from './messages.js';
import { byId } from '../view.js';

const FILE = 'messages.json';

/** Shows the messages as they come, painted once for each frame of the screen. */
export function showMessages(messages) {
  let words = [];
  let isPaused = false;
  let isScheduled = false;

  const matching = (list) => list.filter((message) => message.matches(words));
  const elements = (list) => list.map((message) => message.element).reverse();

  // Hundreds may come between two repaints. A hidden tab does not repaint at all.
  function schedule() {
    if (!isScheduled) {
      isScheduled = true;
      requestAnimationFrame(paint);
    }
  }

  function paint() {
    isScheduled = false;
    if (!isPaused) {
      const { arrived, gone } = messages.take();
      byId('messages').prepend(...elements(matching(arrived)));
      remove(gone);
    }
    showCounts();
  }

  function remove(gone) {
    const focused = document.activeElement;
    gone.forEach((message) => message.remove());
    if (focused !== document.body && !focused.isConnected) {
      focusList();
    }
  }

  function focusList() {
    byId('messages').focus({ preventScroll: true });
  }

  function showCounts() {
    const kept = messages.shown.length;
    byId('no-messages').hidden = messages.total > 0;
    byId('message-tools').hidden = messages.total === 0;
    byId('message-count').textContent = messages.total === 0 ? '' : counted(kept);
    byId('clear').disabled = kept === 0;
    byId('download').disabled = byId('messages').childElementCount === 0;
    byId('pause').textContent = isPaused ? `Resume (${messages.waiting} waiting)` : 'Pause';
  }

  function counted(kept) {
    if (words.length > 0) {
      return `${byId('messages').childElementCount} of ${kept} match`;
    }
    return messages.total > kept ? `${kept} shown of ${messages.total}` : `${kept}`;
  }

  function filter() {
    words = byId('filter').value.toLowerCase().split(/\s+/).filter(Boolean);
    byId('messages').replaceChildren(...elements(matching(messages.shown)));
    showCounts();
  }

  messages.addEventListener('arrival', schedule);
  byId('filter').addEventListener('input', filter);
  byId('pause').addEventListener('click', () => {
    isPaused = !isPaused;
    paint();
  });
  byId('download').addEventListener('click', () =>
    download(FILE, 'application/json', JSON.stringify(matching(messages.shown).map(asJson), null, 2)),
  );
  byId('clear').addEventListener('click', () => {
    remove(messages.clear());
    showCounts();
    if (byId('clear').disabled) {
      focusList();
    }
  });
  byId('message-limit').textContent =
    `Newest first, the last ${MAX_MESSAGES}. While the list is paused, ${MAX_MESSAGES} more wait.`;
  filter();
}
