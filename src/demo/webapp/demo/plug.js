/** Counts the messages of a queue, while somebody restarts the message broker. */
import { byId, duration, element, showOutcome } from '../js/view.js';
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
  add(number, isRedelivered) {
    const isNew = number > this.#highest || this.#missing.delete(number);
    if (isNew) {
      this.counted++;
    } else if (isRedelivered) {
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
/** Whether the message broker is there, and when it may be restarted. */
let broker = { phase: 'RUNNING', freeAt: 0 };

const demo = new Demo(() => {
  demo.follow('/topic/local/plug', showBroker, (state) => {
    showBroker(state);
    note(state.phase === 'AWAY' ? 'stopped' : 'back', 'event');
  });
  // A queue for each connection: what was on its way to the one before is not for this count.
  count = new Count();
  demo.consume(`/queue/numbers/n${Math.random().toString(36).slice(2)}`, (number, { redelivered }) => {
    if (count.add(number, redelivered === 'true')) {
      note(number, '');
    }
    showCount();
  });
});

byId('pull-form').addEventListener('submit', (event) => {
  event.preventDefault();
  const refusal = whyNot();
  if (refusal) {
    showOutcome(event.target.querySelector('.outcome'), 'failed', refusal);
  } else {
    demo.send('pull-form', '/app/plug/pull', {});
  }
});

/** Why it cannot be restarted at this moment; the bean does not do it either. */
function whyNot() {
  if (broker.phase === 'AWAY') {
    return 'It is being restarted already.';
  }
  if (broker.phase === 'ELSEWHERE') {
    return 'It is a process of its own here, which this page cannot restart.';
  }
  const seconds = Math.ceil((broker.freeAt - Date.now()) / 1000);
  return seconds > 0 ? `It was restarted a moment ago: wait ${seconds} s.` : '';
}

function showCount() {
  for (const figure of ['counted', 'lost', 'doubled', 'again']) {
    byId(figure).textContent = count[figure];
  }
}

function showBroker({ phase, restarts, by, awayMillis, pauseMillis }) {
  broker = { phase, freeAt: Date.now() + pauseMillis };
  const times = restarts === 1 ? 'once' : `${restarts} times`;
  byId('broker').dataset.phase = phase;
  byId('broker').textContent = {
    RUNNING: restarts === 0 ? 'Running.' : `Running again: ${by} restarted it, away for ${duration(awayMillis)}. Restarted ${times}.`,
    AWAY: `Away: ${by} is restarting it.`,
    ELSEWHERE: 'Running, in a process of its own.',
    FAILED: 'It could not be started again; the log of the server says why.',
  }[phase];
}

function note(text, className) {
  byId('last').append(element('li', { className }, text));
  while (byId('last').children.length > SHOWN_NUMBERS) {
    byId('last').firstElementChild.remove();
  }
}
