/** The received messages of all subscriptions, and their acknowledgement. */
import { MessageView } from './message-view.js';

/** The most messages that are shown, or wait to be shown. */
export const MAX_MESSAGES = 500;

/** Room for what comes between two looks at what is too much. */
const SLACK = 100;

/** The last messages. Event: `arrival`. */
export class Messages extends EventTarget {
  #connection;
  #actions;
  /** Oldest first. */
  #shown = [];
  /** Not shown yet, oldest first. */
  #waiting = [];
  #total = 0;

  /** `actions` are those of {@link MessageView} that fill the form of SEND. */
  constructor(connection, actions) {
    super();
    this.#connection = connection;
    this.#actions = actions;
    connection.addEventListener('answer', ({ detail: frame }) =>
      this.add(frame, { destination: frame.headers.subscription, ack: 'auto' }),
    );
    connection.addEventListener('lost', () => this.#end(() => true, 'not acknowledged: the connection ended'));
  }

  /** Takes a MESSAGE frame of a subscription. */
  add(frame, subscription) {
    this.#total++;
    const view = new MessageView(frame, subscription, {
      ...this.#actions,
      canNack: this.#connection.state.facts.version !== '1.0',
      settle: (verb) => this.#settle(view, verb),
    });
    this.#waiting.push(view);
    if (this.#waiting.length > MAX_MESSAGES + SLACK) {
      this.#waiting = limited(this.#waiting);
    }
    this.dispatchEvent(new Event('arrival'));
  }

  /** Those that were taken, oldest first. */
  get shown() {
    return this.#shown;
  }

  /** How many wait to be taken. */
  get waiting() {
    return Math.min(this.#waiting.length, MAX_MESSAGES);
  }

  /** How many came since the page was loaded. */
  get total() {
    return this.#total;
  }

  /** Takes those that wait: gives them, and those that are too old now. */
  take() {
    const arrived = limited(this.#waiting);
    this.#waiting = [];
    return { arrived, gone: this.#keep(limited([...this.#shown, ...arrived]), arrived) };
  }

  /** Forgets all but those that can be acknowledged still; gives the forgotten. */
  clear() {
    return this.#keep(this.#shown.filter((message) => message.isOpen));
  }

  /** The unacknowledged messages of this subscription cannot be acknowledged any more. */
  subscriptionEnded(subscription) {
    this.#end((message) => message.subscription === subscription, 'not acknowledged: unsubscribed');
  }

  /** Gives those that are not kept. */
  #keep(kept, arrived = []) {
    const isKept = new Set(kept);
    const gone = [...this.#shown, ...arrived].filter((message) => !isKept.has(message));
    this.#shown = kept;
    return gone;
  }

  async #settle(message, verb) {
    const settled = verb === 'ack' && message.subscription.ack === 'client' ? this.#openUpTo(message) : [message];
    settled.forEach((each) => each.close(verb === 'ack' ? 'acknowledging' : 'refusing'));
    try {
      await this.#connection.settle(message.frame, verb);
      settled.forEach((each) => each.close(verb === 'ack' ? 'acknowledged' : 'refused (NACK)'));
    } catch (failure) {
      settled.forEach((each) => each.close(`not acknowledged: ${failure.message}`));
    }
  }

  /** With `ack:client` an ACK stands for all earlier messages of the subscription as well. */
  #openUpTo(message) {
    const all = [...this.#shown, ...this.#waiting];
    return all
      .slice(0, all.indexOf(message) + 1)
      .filter((each) => each.isOpen && each.subscription === message.subscription);
  }

  #end(concerns, outcome) {
    [...this.#shown, ...this.#waiting]
      .filter((message) => message.isOpen && concerns(message))
      .forEach((message) => message.close(outcome));
  }
}

/** Without the oldest, if there are too many; those that wait for an ACK go last. */
function limited(messages) {
  const excess = messages.length - MAX_MESSAGES;
  if (excess <= 0) {
    return messages;
  }
  const inTurn = [
    ...messages.filter((message) => !message.isOpen),
    ...messages.filter((message) => message.isOpen),
  ];
  const gone = new Set(inTurn.slice(0, excess));
  return messages.filter((message) => !gone.has(message));
}
