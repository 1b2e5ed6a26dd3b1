/** What all demos share: the head of the page, the user, the connection, and a topic that begins with a snapshot. */
import { accounts } from '../site.js';
import { Connection, Refused } from '../js/connection.js';
import { showErrors } from '../js/banner.js';
import { showFrames } from '../js/frames/frames.js';
import { pageLinks } from '../js/pages.js';
import { byId, element, showOutcome, smallButton } from '../js/view.js';
import { showSources } from './how.js';

const USER_KEY = 'stompline.demo.user';
const HEART_BEAT_MILLIS = 10000;
const STATES = {
  connecting: 'Connecting',
  connected: 'Connected',
  reconnecting: 'Reconnecting',
  disconnecting: 'Disconnecting',
  disconnected: 'Disconnected',
};

const OFFLINE = {
  connecting: 'Connecting. Nothing can be sent until the page is connected.',
  reconnecting: 'The connection was lost. The page tries again by itself; nothing can be sent until then.',
  disconnecting: 'Disconnecting.',
  disconnected: 'Not connected: nothing can be sent. Join again to continue.',
};
const UNANSWERED = 'The connection ended before the server answered. This may have arrived or not.';

/**
 * One demo page. Elements with the attribute `data-needs-connection` are enabled while it is connected. Fields keep their
 * text when the connection ends.
 */
export class Demo {
  #connection = new Connection();
  #subscriptions = 0;
  #enter;

  /** Calls `enter(demo)`, which subscribes, after each connect and reconnect. */
  constructor(enter) {
    this.#enter = enter;
    this.#showHead();
    showErrors(this.#connection);
    showFrames(this.#connection);
    showSources();
    this.#offerAccounts();
    byId('stage').prepend(element('p', { className: 'offline', id: 'offline' }));
    this.#connection.addEventListener('established', () => {
      this.subscribe('/user/queue/errors', ({ details }, headers) =>
        this.#showProblem(headers['correlation-id'], details.join(' ')),
      );
      this.#enter(this);
    });
    this.#connection.addEventListener('change', () => this.#showState());
    this.#showState();
    const user = userToBe();
    if (user) {
      this.#join(user);
    }
  }

  /** The name of the user who is connected. */
  get user() {
    return this.#connection.state.facts?.user;
  }

  get isConnected() {
    return this.#connection.isConnected;
  }

  /** Calls `onChange` each time the state of the connection changes. */
  onChange(onChange) {
    this.#connection.addEventListener('change', onChange);
  }

  /**
   * Sends a value as JSON. Resolves with true when the server has handled it, with false if the server refused it or the
   * connection ended before. The element of class `outcome` inside of the element with the id `place` shows the reason.
   */
  async send(place, destination, value) {
    const outcome = outcomeOf(place);
    showOutcome(outcome, 'waiting', '');
    try {
      await this.#connection.send({
        destination,
        body: JSON.stringify(value),
        // The server's StompProblem has the same one.
        headers: { 'content-type': 'application/json', 'correlation-id': place },
        receipt: true,
      });
      return true;
    } catch (failure) {
      if (!(failure instanceof Refused)) {
        showOutcome(outcome, 'failed', UNANSWERED);
      } else if (outcome.textContent === '') {
        // The StompProblem has the details; it comes before or after the receipt.
        showOutcome(outcome, 'failed', `Refused: ${failure.message}.`);
      }
      return false;
    }
  }

  /** Sends a value, or nothing, that is of no use a second later: without a receipt, and not at all if it is not connected. */
  tell(destination, value) {
    if (this.isConnected) {
      const body = value === undefined ? '' : JSON.stringify(value);
      this.#connection.send({ destination, body, headers: { 'content-type': 'application/json' } });
    }
  }

  /** Sends what was typed as `text`; the field is emptied when the server has handled it. */
  async sendText(place, destination) {
    const field = byId('text');
    const text = field.value;
    const isHandled = await this.send(place, destination, { text });
    // The user may have typed the next text meanwhile.
    if (isHandled && field.value === text) {
      field.value = '';
    }
  }

  /**
   * Calls `onMessage` with the JSON value and the headers of each message. Ends with the connection, or when the returned
   * function is called.
   */
  subscribe(destination, onMessage) {
    const id = `sub-${++this.#subscriptions}`;
    const ended = () => {}; // the page shows the state of the connection, and subscribes again after a reconnect
    this.#connection
      .subscribe(destination, { id }, ({ body, headers }) => onMessage(JSON.parse(body), headers))
      .catch(ended);
    return () => this.#connection.unsubscribe(id).catch(ended);
  }

  /** Consumes a queue: each message is acknowledged when `onMessage` has returned. Ends with the connection. */
  consume(queue, onMessage) {
    const ended = () => {}; // what is not acknowledged comes again
    const id = `sub-${++this.#subscriptions}`;
    this.#connection
      .subscribe(queue, { id, ack: 'client-individual' }, (message) => {
        onMessage(JSON.parse(message.body), message.headers);
        this.#connection.settle(message, 'ack').catch(ended);
      })
      .catch(ended);
  }

  /**
   * Follows a topic whose first message is a snapshot and whose later ones are changes. Every message has a version; a
   * missing or repeated one would be a fault of the server, and the page says so.
   */
  follow(destination, onSnapshot, onChange) {
    let version;
    return this.subscribe(destination, (value, headers) => {
      const next = Number(headers.version);
      if (version === undefined) {
        onSnapshot(value);
      } else {
        if (next !== version + 1) {
          console.error(`${destination}: version ${next} came after ${version}`);
        }
        onChange(value);
      }
      version = next;
      document.body.dataset.version = version;
    });
  }

  #showHead() {
    const brand = element(
      'a',
      { className: 'brand', href: './' },
      element('img', { src: 'favicon.svg', alt: '', width: 28, height: 28 }),
      element('strong', {}, 'Stompline'),
    );
    // A phone shows no more of it than the picture.
    brand.setAttribute('aria-label', 'Stompline');
    const state = element('p', { className: 'state', id: 'state' });
    state.setAttribute('role', 'status');
    state.append(element('span', { className: 'dot' }), element('span', { id: 'state-text' }));
    const user = element('p', { className: 'user', id: 'user', hidden: true }, element('strong', { id: 'user-name' }));
    user.append(smallButton('Leave', () => this.#leave()));
    byId('bar').append(brand, pageLinks(), user, state);
  }

  #offerAccounts() {
    const choices = accounts.map(({ login }) => {
      const button = element('button', { type: 'button', className: 'primary', textContent: login });
      button.setAttribute('aria-label', `Join as ${login}`);
      button.addEventListener('click', () => this.#join(login));
      return button;
    });
    byId('join').append(
      element('p', { className: 'hint' }, 'Who are you? Each tab can be another user.'),
      element('div', { className: 'choices' }, ...choices),
    );
  }

  #join(user) {
    sessionStorage.setItem(USER_KEY, user);
    const { login, passcode } = accounts.find((account) => account.login === user);
    this.#connection.open({
      login,
      passcode,
      versions: ['1.2'],
      outgoing: HEART_BEAT_MILLIS,
      incoming: HEART_BEAT_MILLIS,
    });
  }

  #leave() {
    sessionStorage.removeItem(USER_KEY);
    this.#connection.close();
  }

  #showState() {
    const { phase, facts } = this.#connection.state;
    byId('state').dataset.phase = phase;
    byId('state-text').textContent = STATES[phase];
    const focused = document.activeElement;
    byId('join').hidden = phase !== 'disconnected';
    // A user who left sees the accounts only; after an error the typed text stays visible.
    byId('stage').hidden = phase === 'disconnected' && !sessionStorage.getItem(USER_KEY);
    byId('user').hidden = phase === 'disconnected';
    if (facts) {
      byId('user-name').textContent = facts.user;
    }
    byId('offline').textContent = OFFLINE[phase] ?? '';
    byId('offline').hidden = phase === 'connected';
    for (const part of document.querySelectorAll('[data-needs-connection]')) {
      part.disabled = phase !== 'connected';
      part.title = phase === 'connected' ? '' : 'Not connected';
    }
    keepFocus(focused);
    if (phase === 'disconnected' && byId('stage').contains(document.activeElement)) {
      // The typed text and its outcome, which the error banner has moved down
      (document.activeElement.form ?? document.activeElement).scrollIntoView({ block: 'nearest' });
    }
  }

  #showProblem(place, text) {
    const outcome = outcomeOf(place);
    if (outcome) {
      showOutcome(outcome, 'failed', text);
    }
  }
}

const outcomeOf = (place) => byId(place)?.querySelector('.outcome');

/** If the focused element is hidden or disabled now, moves the focus to the element that the user needs next. */
function keepFocus(focused) {
  const isUsable = (part) => part.checkVisibility() && !part.disabled;
  if (focused === document.body || isUsable(focused)) {
    return;
  }
  const next = [
    byId('join').querySelector(`[aria-label="Join as ${sessionStorage.getItem(USER_KEY)}"]`),
    byId('join').querySelector('button'),
    focused.form?.querySelector('input'),
    byId('text'),
    byId('user').querySelector('button'),
  ];
  next.find((part) => part && isUsable(part))?.focus();
}

/** The user that the address names, or else the user of this tab before it was loaded again. */
function userToBe() {
  const named = new URLSearchParams(location.search).get('as') ?? sessionStorage.getItem(USER_KEY);
  return accounts.some(({ login }) => login === named) ? named : null;
}
