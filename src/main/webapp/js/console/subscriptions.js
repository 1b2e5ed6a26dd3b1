/** The Subscribe card: the subscriptions that the user wants, kept over reconnects. */
import { Refused } from '../connection.js';
import { subscribeTerms } from './forms.js';
import { byId, element, smallButton } from '../view.js';

/**
 * The user's subscriptions. They outlive a connection, which STOMP's own do not: each CONNECTED makes them again.
 *
 * Event: `change` (one was added or left).
 */
export class Subscriptions extends EventTarget {
  #connection;
  #messages;
  #all = new Map();
  #count = 0;

  constructor(connection, messages) {
    super();
    this.#connection = connection;
    this.#messages = messages;
    connection.addEventListener('established', () => this.#all.forEach((subscription) => this.#request(subscription)));
    connection.addEventListener('lost', () => this.#all.forEach((subscription) => subscription.show('waiting')));
    byId('subscribe-form').addEventListener('submit', (event) => {
      event.preventDefault();
      if (connection.isConnected) {
        this.want(subscribeTerms());
      }
    });
  }

  get size() {
    return this.#all.size;
  }

  /** Of all of them: `destination`, `ack` and `selector`. */
  get terms() {
    return [...this.#all.values()].map(({ terms }) => terms);
  }

  /** Subscribes now, or when there is a connection; `selector` is empty if there is none. */
  want(terms) {
    const id = `sub-${++this.#count}`;
    const subscription = new Subscription(id, terms, () => this.#leave(subscription));
    this.#all.set(id, subscription);
    byId('subscriptions').append(subscription.view);
    if (this.#connection.isConnected) {
      this.#request(subscription);
    } else {
      subscription.show('waiting');
    }
    this.dispatchEvent(new Event('change'));
  }

  async #request(subscription) {
    subscription.show('pending');
    try {
      await this.#connection.subscribe(subscription.destination, subscription.headers, (message) => {
        subscription.countMessage();
        this.#messages.add(message, subscription);
      });
      subscription.show('active');
    } catch (failure) {
      // Asking again after the next CONNECTED would end that connection too.
      if (failure instanceof Refused) {
        this.#forget(subscription);
      }
    }
  }

  #leave(subscription) {
    this.#forget(subscription);
    if (this.#connection.isConnected) {
      this.#messages.subscriptionEnded(subscription);
      // A failure shows as an ERROR or as the end of the connection.
      this.#connection.unsubscribe(subscription.id).catch(() => {});
    }
  }

  #forget(subscription) {
    this.#all.delete(subscription.id);
    subscription.view.remove();
    this.dispatchEvent(new Event('change'));
  }
}

const STATE_TEXTS = { pending: 'asking', active: 'active', waiting: 'paused' };

/** One line of the list. */
class Subscription {
  #messageCount = 0;
  #countView = element('span', { className: 'count' });
  #stateView = element('span', { className: 'badge' });

  constructor(id, terms, onUnsubscribe) {
    const { destination, ack, selector } = terms;
    this.id = id;
    this.terms = terms;
    this.destination = destination;
    this.ack = ack;
    this.headers = { id, ack, ...(selector && { selector }) };
    const unsubscribe = smallButton('Unsubscribe', onUnsubscribe);
    unsubscribe.setAttribute('aria-label', `Unsubscribe ${id} from ${destination}`);
    this.view = element(
      'li',
      {},
      element('div', { className: 'line' }, element('code', {}, destination), unsubscribe),
      element(
        'div',
        { className: 'line' },
        element(
          'span',
          { className: 'badges' },
          this.#stateView,
          element('span', { className: 'badge' }, `ack ${ack}`),
        ),
        this.#countView,
      ),
    );
    if (selector) {
      this.view.append(element('div', { className: 'hint' }, 'where ', element('code', {}, selector)));
    }
    this.#showCount();
  }

  show(state) {
    this.view.dataset.state = state;
    this.#stateView.textContent = STATE_TEXTS[state];
  }

  countMessage() {
    this.#messageCount++;
    this.#showCount();
  }

  #showCount() {
    this.#countView.textContent = `${this.#messageCount} message${this.#messageCount === 1 ? '' : 's'}`;
  }
}
