/** Counts the messages of a queue, while somebody cuts the message broker off. */
import { byId, element, showOutcome } from '../js/view.js';
import { Demo } from './demo.js';

const SHOWN_NUMBERS = 40;

/** Counts numbers that should come in order, each once. */
class Count {
  counted = 0;
  doubled = 0;
  again = 0;
  #highest = 0;
  #missing = new Set();

  get lost() {
    return this.#missing.size;
  }

  /** Whether it is a number that did not come before. */
  add(number, isMarked) {
    const isNew = number > this.#highest || this.#missing.delete(number);
    if (isNew) {
      this.counted++;
    } else if (isMarked) {
      this.again++;
    } else {
      this.doubled++;
    }
    while (this.#highest < number) {
      this.#missing.add(++this.#highest);
    }
    this.#missing.delete(number);
    return isNew;
  }
}

let count = new Count();
/** Whether the message broker is there, and when it may be cut off. */
let broker = { phase: 'THERE', freeAt: 0 };

const demo = new Demo(() => {
  demo.follow('/topic/local/plug', showBroker, (state) => {
    showBroker(state);
    note(state.phase === 'AWAY' ? 'cut off' : 'back', 'event');
  });
  beginToCount();
});

/** A queue for each connection: what was on its way to the one before is not for this count. */
function beginToCount() {
  count = new Count();
  showCount();
  const queue = demo.consume(`/queue/numbers/n${Math.random().toString(36).slice(2)}`, countNumber, {
    onRecovered() {
      queue.unsubscribe();
      beginToCount();
    },
  });
}

/** A number that may come twice is marked: by the message broker, which does not know whether it came, or by the bean. */
function countNumber(number, { redelivered, again }) {
  if (count.add(number, redelivered === 'true' || again === 'true')) {
    note(number, '');
  }
  showCount();
}

byId('pull-form').addEventListener('submit', (event) => {
  event.preventDefault();
  const refusal = whyNot();
  if (refusal) {
    showOutcome(event.target.querySelector('.outcome'), 'failed', refusal);
  } else {
    demo.send('pull-form', '/app/plug/pull', {});
  }
});

/** Why it cannot be cut off at this moment; the bean does not do it either. */
function whyNot() {
  if (broker.phase === 'AWAY') {
    return 'It is cut off already.';
  }
  if (broker.phase === 'ELSEWHERE') {
    return 'It is a process of its own here, which this page cannot cut off.';
  }
  const seconds = Math.ceil((broker.freeAt - Date.now()) / 1000);
  return seconds > 0 ? `It was cut off a moment ago: wait ${seconds} s.` : '';
}

function showCount() {
  for (const figure of ['counted', 'lost', 'doubled', 'again']) {
    byId(figure).textContent = count[figure];
  }
}

function showBroker({ phase, cuts, by, pauseMillis }) {
  broker = { phase, freeAt: Date.now() + pauseMillis };
  const times = cuts === 1 ? 'once' : `${cuts} times`;
  byId('broker').dataset.phase = phase;
  byId('broker').textContent = {
    THERE: cuts === 0 ? 'Connected.' : `Connected again. It was cut off ${times}, the last time by ${by}.`,
    AWAY: `Cut off: ${by} pulled the plug.`,
    ELSEWHERE: 'A process of its own: this page does not see whether it is there.',
  }[phase];
}

function note(text, className) {
  byId('last').append(element('li', { className }, text));
  while (byId('last').children.length > SHOWN_NUMBERS) {
    byId('last').firstElementChild.remove();
  }
}
