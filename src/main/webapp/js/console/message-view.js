/** One received message as the page shows it: a line that opens to headers and body. */
import { asJson, bodyText, firstPart, isBinary } from './message-text.js';
import { copies, element, rows, smallButton, timeOfDay } from '../view.js';

/** A message in the list; open while it waits for ACK or NACK. Its elements are made when they are shown. */
export class MessageView {
  #actions;
  #element;
  #outcome = '';
  #settling;

  /**
   * @param {object} frame the MESSAGE frame
   * @param {object} subscription the one that it came for
   * @param {object} actions of the buttons: `settle` is called with 'ack' or 'nack', `sendAgain` and `reply` with this;
   *     `canNack` is false for STOMP 1.0
   */
  constructor(frame, subscription, actions) {
    this.frame = frame;
    this.subscription = subscription;
    this.at = new Date();
    this.isOpen = subscription.ack !== 'auto';
    this.#actions = actions;
  }

  get element() {
    this.#element ??= this.#item();
    return this.#element;
  }

  get destination() {
    return this.frame.headers.destination ?? this.subscription.destination;
  }

  /** Takes the buttons away and says what became of the message. */
  close(outcome) {
    this.isOpen = false;
    this.#outcome = outcome;
    this.#settling?.replaceChildren(outcome);
  }

  /** Takes it out of the page. */
  remove() {
    this.#element?.remove();
  }

  /** Whether each of the words, in lower case, is in the headers or in the body. */
  matches(words) {
    if (words.length === 0) {
      return true;
    }
    const { headers } = this.frame;
    const headerLines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
    const text = `${headerLines.join('\n')}\n${isBinary(this.frame) ? '' : this.frame.body}`.toLowerCase();
    return words.every((word) => text.includes(word));
  }

  #item() {
    const details = element('details', {}, this.#line());
    details.addEventListener('toggle', () => details.append(this.#opened()), { once: true });
    this.#settling = element('div', { className: 'settle' }, ...(this.isOpen ? this.#settleButtons() : [this.#outcome]));
    return element('li', { className: 'message' }, details, ...(this.subscription.ack === 'auto' ? [] : [this.#settling]));
  }

  #line() {
    const line = element(
      'summary',
      {},
      element('time', { dateTime: this.at.toISOString() }, timeOfDay(this.at)),
      element('code', { title: this.destination }, this.destination),
      element('span', { className: 'first' }, firstPart(this.frame)),
    );
    if (this.frame.headers.redelivered === 'true') {
      line.append(element('span', { className: 'badge warn' }, 'redelivered'));
    }
    return line;
  }

  #settleButtons() {
    const { settle, canNack } = this.#actions;
    const ack = smallButton(this.subscription.ack === 'client' ? 'ACK up to here' : 'ACK', () => settle('ack'));
    return canNack ? [ack, smallButton('NACK', () => settle('nack'))] : [ack];
  }

  #opened() {
    const text = bodyText(this.frame);
    const body = element('pre', { className: 'body', tabIndex: 0 }, text === '' ? '(empty body)' : text);
    body.setAttribute('aria-label', 'Body');
    body.classList.toggle('nothing', text === '');
    return element(
      'div',
      { className: 'opened' },
      element('dl', { className: 'facts' }, ...rows(Object.entries(this.frame.headers))),
      body,
      element('div', { className: 'badges' }, ...this.#buttons(body)),
    );
  }

  #buttons(body) {
    const copyBody = smallButton('Copy body');
    copies(copyBody, () => this.frame.body, body);
    const copyAll = smallButton('Copy as JSON');
    copies(copyAll, () => JSON.stringify(asJson(this), null, 2), body);
    const sendAgain = smallButton('Send again', () => this.#actions.sendAgain(this));
    if (isBinary(this.frame)) {
      copyBody.disabled = true;
      copyBody.title = 'Only text can be copied';
      sendAgain.disabled = true;
      sendAgain.title = 'The form takes text only';
    }
    const reply = smallButton('Reply', () => this.#actions.reply(this));
    // Without a clipboard the user copies what is selected, and JSON is nowhere on the page.
    const copying = navigator.clipboard ? [copyBody, copyAll] : [copyBody];
    return [...copying, sendAgain, ...(this.frame.headers['reply-to'] ? [reply] : [])];
  }
}
