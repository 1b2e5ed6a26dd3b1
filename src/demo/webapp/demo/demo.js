/** What all demos share: the head of the page, the user, the connection, and a topic that begins with a snapshot. */
import { accounts } from '../site.js';
import { connect } from '../stompline/stompline.js';
import { Client } from '../js/stompjs.js';
import { showErrors } from '../js/banner.js';
import { showFrames } from '../js/frames/frames.js';
import { pageLinks } from '../js/pages.js';
import { byId, element, showOutcome, smallButton } from '../js/view.js';
import { showSources } from './how.js';
import { Line } from './line.js';

const USER_KEY = 'stompline.demo.user';

/** The phases of stompline.js, as the style and the banner know them. */
const PHASES = { waiting: 'reconnecting', refused: 'disconnected', closed: 'disconnected' };

const STATES = {
  connecting: 'Connecting',
  connected: 'Connected',
  reconnecting: 'Reconnecting',
  disconnected: 'Disconnected',
};

const OFFLINE = {
  connecting: 'Connecting. Nothing can be sent until the page is connected.',
  reconnecting: 'The connection was lost. The page tries again by itself; ',
  disconnected: 'Not connected: nothing can be sent. Join again to continue.',
};

/**
 * One demo page. Elements with the attribute `data-needs-connection` are enabled while it is connected. Fields keep
 * their text when the connection ends. Events: those of a connection that the banner and the list of frames wait for.
 */
export class Demo extends EventTarget {
  #stomp;
  #enter;
  #whileOffline;
  #hasFailed = false;
  #line = new Line();

  /** Calls `enter`, which subscribes, when a user has joined. `whileOffline` ends the sentence on a lost connection. */
  constructor(enter, { whileOffline = 'nothing can be sent until then.' } = {}) {
    super();
    this.#enter = enter;
    this.#whileOffline = whileOffline;
    this.#showHead();
    showErrors(this);
    showFrames(this);
    showSources();
    this.#offerAccounts();
    byId('stage').prepend(element('p', { className: 'offline', id: 'offline' }));
    this.addEventListener('change', () => this.#showState());
    this.#showState();
    const user = userToBe();
    if (user) {
      // When the page has what this constructor gives
      queueMicrotask(() => this.#join(user));
    }
  }

  get state() {
    const phase = this.#stomp?.state.phase ?? 'closed';
    return { phase: PHASES[phase] ?? phase };
  }

  /** The name of the user who is connected. */
  get user() {
    return this.#stomp?.state.headers?.['user-name'];
  }

  get isConnected() {
    return this.state.phase === 'connected';
  }

  /** Calls `onChange` each time the state of the connection changes. */
  onChange(onChange) {
    this.addEventListener('change', onChange);
  }

  /**
   * Sends a value. Resolves with true when the server has handled it, with false if it refused it: then the element
   * of class `outcome` inside of the element with the id `place` shows the reason.
   */
  async send(place, destination, value, headers) {
    return Boolean(await this.#outcome(place, this.#stomp.publish(destination, value, headers)));
  }

  /** Sends a value like {@link send}, and resolves with the answer; with undefined if the server refused it. */
  ask(place, destination, value) {
    return this.#outcome(place, this.#stomp.request(destination, value));
  }

  /** Sends a value, or nothing, that is of no use a second later. */
  tell(destination, value, headers) {
    this.#stomp.tell(destination, value, headers);
  }

  /** As stompline.js has it: what cannot be sent now waits, and a refusal rejects the promise. */
  publish(destination, value, headers) {
    return this.#stomp.publish(destination, value, headers);
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

  /** As stompline.js has it. */
  subscribe(destination, onMessage, options) {
    return this.#stomp.subscribe(destination, onMessage, options);
  }

  /** As stompline.js has it. */
  presence(topic, onMembers) {
    return this.#stomp.presence(topic, onMembers);
  }

  /** Consumes a queue: each message is acknowledged when `onMessage` has returned. */
  consume(queue, onMessage, options) {
    return this.subscribe(
      queue,
      (value, message) => {
        onMessage(value, message.headers);
        message.ack();
      },
      { ...options, headers: { ack: 'client-individual' } },
    );
  }

  /**
   * Follows a topic whose first message on each connection is a snapshot and whose later ones are changes. Every
   * message has a version; a missing or repeated one would be a fault of the server, unless it says that the line is
   * too slow, and the page says so.
   */
  follow(destination, onSnapshot, onChange) {
    let version;
    return this.subscribe(destination, (value, { headers }) => {
      const next = Number(headers.version);
      if (headers.snapshot) {
        onSnapshot(value);
      } else {
        if (next !== version + 1 && !headers['x-dropped']) {
          console.error(`${destination}: version ${next} came after ${version}`);
        }
        onChange(value);
      }
      version = next;
      document.body.dataset.version = version;
    });
  }

  /** The server that the page is connected to. */
  get endpoint() {
    return this.#line.endpoint;
  }

  /** Has the connection be lost, and none be possible for so long. */
  cutLine(millis) {
    this.#line.cut(millis, () => this.state.phase === 'disconnected' || this.#stomp.reconnect());
  }

  /** Has the connection be lost, and goes on at another server. */
  moveTo(endpoint) {
    this.#line.moveTo(endpoint);
    this.#stomp.reconnect();
  }

  /** The user joins again, after an ERROR. */
  reopen() {
    this.#join(sessionStorage.getItem(USER_KEY));
  }

  async #outcome(place, sending) {
    const outcome = outcomeOf(place);
    showOutcome(outcome, 'waiting', '');
    try {
      return await sending;
    } catch (error) {
      const { problem = error.message, details = [] } = error;
      // The banner has the details of an ERROR.
      const isExplained = details.length > 0 && !this.#hasFailed;
      showOutcome(outcome, 'failed', isExplained ? details.join(' ') : `Refused: ${problem}.`);
      return undefined;
    }
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
    const client = new Client({
      webSocketFactory: () =>
        this.#line.open(client.stompVersions.protocolVersions(), (frames) => this.#announce('frames', frames)),
      connectHeaders: { host: location.hostname, login, passcode },
      onStompError: (frame) => {
        this.#hasFailed = true;
        this.#announce('refused', frame);
      },
    });
    this.#stomp?.close();
    this.#hasFailed = false;
    this.#stomp = connect(client, { onState: (state) => this.#change(state) });
    this.#enter();
  }

  #change({ phase }) {
    if (phase === 'waiting' && this.#hasFailed) {
      // Connecting by itself might bring the same ERROR again.
      this.#stomp.close();
    } else {
      this.#announce('change');
    }
  }

  #leave() {
    sessionStorage.removeItem(USER_KEY);
    this.#stomp.close();
  }

  #announce(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  #showState() {
    const { phase } = this.state;
    byId('state').dataset.phase = phase;
    byId('state-text').textContent = STATES[phase];
    const focused = document.activeElement;
    byId('join').hidden = phase !== 'disconnected';
    // A user who left sees the accounts only; after an error the typed text stays visible.
    byId('stage').hidden = phase === 'disconnected' && !sessionStorage.getItem(USER_KEY);
    byId('user').hidden = phase === 'disconnected';
    if (this.user) {
      byId('user-name').textContent = this.user;
    }
    const ending = phase === 'reconnecting' ? this.#whileOffline : '';
    byId('offline').textContent = (OFFLINE[phase] ?? '') + ending;
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
