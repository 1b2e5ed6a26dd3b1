/** Shows each heart-beat as it comes and goes, and sends those that a hidden tab would send too late. */
import { byId, duration } from '../view.js';

/** How much later than agreed a heart-beat may be before one is sent from here. */
const LATENESS = 1.1;

/** Shows the heart-beats of the connection. */
export function showHeartBeats(connection) {
  const beats = { received: new Beat(byId('beat-received')), sent: new Beat(byId('beat-sent')) };
  connection.addEventListener('change', () => {
    const { phase, heartBeats } = connection.state;
    byId('heart-beats').hidden = phase !== 'connected';
    if (phase === 'connected') {
      beats.received.start(heartBeats.received);
      beats.sent.start(heartBeats.sent);
    }
  });
  connection.addEventListener('heart-beat', ({ detail }) => beats[detail].pulse());

  // Browsers let the timers of a hidden tab run once a minute, too late for the server. A worker's timers go on.
  const clock = new Worker(new URL('clock.js', import.meta.url), { type: 'module' });
  clock.onmessage = () => {
    if (connection.isConnected && beats.sent.isOverdue()) {
      connection.sendHeartBeat();
    }
    beats.received.showAge();
    beats.sent.showAge();
  };
}

/** Heart-beats in one direction. */
class Beat {
  #view;
  #intervalMillis = 0;
  #count = 0;
  #lastMillis = 0;

  constructor(view) {
    this.#view = view;
  }

  /** Begins anew; 0 means that there are none. */
  start(intervalMillis) {
    this.#intervalMillis = intervalMillis;
    this.#count = 0;
    this.#lastMillis = Date.now();
    this.#view.classList.toggle('off', intervalMillis === 0);
    this.#view.querySelector('.beat-rate').textContent =
      intervalMillis === 0 ? 'none agreed' : `every ${duration(intervalMillis)}`;
    this.showAge();
  }

  pulse() {
    this.#count++;
    this.#lastMillis = Date.now();
    this.#view.dataset.count = this.#count;
    this.showAge();
    this.#animate();
  }

  isOverdue() {
    return this.#intervalMillis > 0 && Date.now() - this.#lastMillis > this.#intervalMillis * LATENESS;
  }

  showAge() {
    const age = `${Math.round((Date.now() - this.#lastMillis) / 1000)} s ago`;
    const last = this.#count === 0 ? 'none yet' : `${this.#count}, last ${age}`;
    this.#view.querySelector('.beat-last').textContent = this.#intervalMillis === 0 ? '' : last;
  }

  #animate() {
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const frames = still
      ? { opacity: [0.4, 1] }
      : { transform: ['scale(1)', 'scale(1.45)', 'scale(1)'], opacity: [0.6, 1, 1] };
    this.#view.querySelector('.heart').animate(frames, { duration: 700, easing: 'ease-out' });
  }
}
