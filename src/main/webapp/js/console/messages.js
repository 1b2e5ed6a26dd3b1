/** The list of received messages, newest first, and their acknowledgement. */
import { MessageView } from './message-view.js';
import { byId } from '../view.js';

const MAX_MESSAGES = 200;

/** The last messages of all subscriptions. */
export class Messages {
  #connection;
  /** Newest first. */
  #shown = [];
  /** Arrived since the last repaint, newest first. */
  #arrived = [];
  #total = 0;

  constructor(connection) {
    this.#connection = connection;
    connection.addEventListener('lost', () => this.#end(() => true, 'not acknowledged: the connection ended'));
    byId('clear').addEventListener('click', () => this.#keep((message) => message.isOpen));
  }

  /** Takes a MESSAGE frame of a subscription. */
  add(frame, subscription) {
    if (this.#arrived.length === 0) {
      // Once per repaint: hundreds may come between two of them. A hidden tab does not repaint at all.
      requestAnimationFrame(() => this.#paint());
    }
    this.#total++;
    const view = new MessageView(frame, subscription, this.#connection.state.facts.version, (verb) =>
      this.#settle(view, verb),
    );
    this.#arrived.unshift(view);
    this.#arrived = limited(this.#arrived);
  }

  /** What is unacknowledged of this subscription cannot be acknowledged any more. */
  subscriptionEnded(subscription) {
    this.#end((message) => message.subscription === subscription, 'not acknowledged: unsubscribed');
  }

  #paint() {
    byId('messages').prepend(...this.#arrived.map((message) => message.element));
    this.#shown = [...this.#arrived, ...this.#shown];
    this.#arrived = [];
    const kept = new Set(limited(this.#shown));
    this.#keep((message) => kept.has(message));
  }

  #keep(isKept) {
    this.#shown.filter((message) => !isKept(message)).forEach((message) => message.element.remove());
    this.#shown = this.#shown.filter(isKept);
    this.#showCount();
  }

  #showCount() {
    const count = this.#shown.length;
    byId('no-messages').hidden = this.#total > 0;
    byId('clear').hidden = count === 0;
    const counted = this.#total > count ? `${count} shown of ${this.#total}` : `${count}, newest first`;
    byId('message-count').textContent = count === 0 ? '' : counted;
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
    const all = [...this.#arrived, ...this.#shown];
    return all.slice(all.indexOf(message)).filter((each) => each.isOpen && each.subscription === message.subscription);
  }

  #end(concerns, outcome) {
    [...this.#arrived, ...this.#shown]
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
  const oldestFirst = [...messages].reverse();
  const dropped = [
    ...oldestFirst.filter((message) => !message.isOpen),
    ...oldestFirst.filter((message) => message.isOpen),
  ];
  const gone = new Set(dropped.slice(0, excess));
  return messages.filter((message) => !gone.has(message));
}
