/** What all demos share: the head of the page, who one is, the connection, and how a topic with a snapshot is followed. */
import { accounts } from '../site.js';
import { Connection, Refused } from '../js/connection.js';
import { showErrors } from '../js/errors.js';
import { pageLinks } from '../js/pages.js';
import { byId, element, showOutcome, smallButton } from '../js/view.js';

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
  connecting: 'Connecting. Until that is done nothing can be sent.',
  reconnecting: 'The connection was lost. The page tries again by itself; until then nothing can be sent.',
  disconnecting: 'Disconnecting.',
  disconnected: 'Not connected: nothing can be sent. Join again to go on.',
};
const UNANSWERED = 'The connection ended before the server answered: it is not known whether this arrived.';

/**
 * One demo page. Its parts with the attribute `data-needs-connection` can be used while it is connected; what stands in
 * its fields is kept when the connection ends.
 */
export class Demo {
  #connection = new Connection();
  #subscriptions = 0;
  #enter;

  /** `enter(demo)` is called after each connect, also when the connection came back: it subscribes. */
  constructor(enter) {
    this.#enter = enter;
    this.#showHead();
    showErrors(this.#connection);
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

  /** Calls `onChange` each time when the connection has another state. */
  onChange(onChange) {
    this.#connection.addEventListener('change', onChange);
  }

  /**
   * Sends a value as JSON; resolves when the server has handled it, with false if it refused or the connection ended
   * before. Why is said in the element with the class `outcome` inside of the one with the id `place`.
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
        // The StompProblem, which says more, comes on its own: before this or after.
        showOutcome(outcome, 'failed', `Refused: ${failure.message}.`);
      }
      return false;
    }
  }

  /** Sends what was typed as `text`; the field is emptied when the server has handled it. */
  async sendText(place, destination) {
    const field = byId('text');
    const text = field.value;
    const isHandled = await this.send(place, destination, { text });
    // Who types fast has begun with the next one.
    if (isHandled && field.value === text) {
      field.value = '';
    }
  }

  /**
   * Calls `onMessage` with each JSON value that arrives and its headers, until the connection ends or the function that
   * is returned is called.
   */
  subscribe(destination, onMessage) {
    const id = `sub-${++this.#subscriptions}`;
    const ended = () => {}; // the page shows the connection's state, and subscribes again when it is back
    this.#connection
      .subscribe(destination, { id }, ({ body, headers }) => onMessage(JSON.parse(body), headers))
      .catch(ended);
    return () => this.#connection.unsubscribe(id).catch(ended);
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
      element('p', { className: 'hint' }, 'Who are you? Each tab can be somebody else.'),
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
    // Who left has done so on purpose; who was thrown out still wants to see what was typed.
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
      // What was typed, and what became of it, below the banner that came
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

/** What had the focus went away or cannot be used: what one needs next gets it. */
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

/** Who this tab was before it was loaded again, or whom its address names. */
function userToBe() {
  const named = new URLSearchParams(location.search).get('as') ?? sessionStorage.getItem(USER_KEY);
  return accounts.some(({ login }) => login === named) ? named : null;
}
