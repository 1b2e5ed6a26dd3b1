/** One received message as the page shows it. */
import { element, rows, smallButton, timeOfDay } from '../view.js';

const MAX_SHOWN_OCTETS = 512;
const BINARY_TYPE = /^(image|audio|video|font)\/|^application\/(octet-stream|pdf|zip|gzip)/;

/** A message in the list; open while it waits for ACK or NACK. */
export class MessageView {
  #outcome = element('div', { className: 'settle' });

  /**
   * @param {object} frame the MESSAGE frame
   * @param {object} subscription the one that it came for
   * @param {string} version of STOMP: 1.0 has no NACK
   * @param {function(string)} onSettle called with 'ack' or 'nack'
   */
  constructor(frame, subscription, version, onSettle) {
    this.frame = frame;
    this.subscription = subscription;
    this.isOpen = subscription.ack !== 'auto';
    this.element = element('li', { className: 'message' }, this.#head(), this.#body(), this.#headers());
    if (this.isOpen) {
      this.#outcome.append(
        smallButton(subscription.ack === 'client' ? 'ACK up to here' : 'ACK', () => onSettle('ack')),
      );
      if (version !== '1.0') {
        this.#outcome.append(smallButton('NACK', () => onSettle('nack')));
      }
      this.element.append(this.#outcome);
    }
  }

  /** Takes the buttons away and says what became of the message. */
  close(outcome) {
    this.isOpen = false;
    this.#outcome.textContent = outcome;
  }

  #head() {
    const { headers } = this.frame;
    const head = element(
      'div',
      { className: 'line' },
      element('code', {}, headers.destination ?? this.subscription.destination),
    );
    const badges = element('span', { className: 'badges' });
    if (headers.redelivered === 'true') {
      badges.append(element('span', { className: 'badge warn' }, 'redelivered'));
    }
    badges.append(element('time', { dateTime: new Date().toISOString() }, timeOfDay(new Date())));
    head.append(badges);
    return head;
  }

  #body() {
    const text = bodyText(this.frame);
    const body = element('pre', { className: 'body', tabIndex: 0 }, text === '' ? '(empty body)' : text);
    body.setAttribute('aria-label', 'Body');
    body.classList.toggle('nothing', text === '');
    return body;
  }

  #headers() {
    const entries = Object.entries(this.frame.headers);
    return element(
      'details',
      {},
      element('summary', {}, `${entries.length} headers`),
      element('dl', { className: 'facts' }, ...rows(entries)),
    );
  }
}

function bodyText(frame) {
  const type = frame.headers['content-type'] ?? '';
  if (BINARY_TYPE.test(type)) {
    return hex(frame.binaryBody);
  }
  return prettyJson(frame.body) ?? frame.body;
}

function prettyJson(text) {
  if (!/^\s*[{[]/.test(text)) {
    return null;
  }
  try {
    const pretty = JSON.stringify(JSON.parse(text), null, 2);
    // Numbers beyond 2^53 and repeated names would not survive: such a body is shown as it came.
    return withoutSpace(pretty) === withoutSpace(text) ? pretty : null;
  } catch {
    return null;
  }
}

const withoutSpace = (text) => text.replace(/\s/g, '');

function hex(octets) {
  const shown = [...octets.subarray(0, MAX_SHOWN_OCTETS)].map((octet) => octet.toString(16).padStart(2, '0')).join(' ');
  return octets.length > MAX_SHOWN_OCTETS ? `${shown} … (${octets.length} octets)` : shown;
}
