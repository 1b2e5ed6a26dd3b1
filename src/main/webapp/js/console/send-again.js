/** Puts a received message into the form of SEND: to send it again, or to answer it. */
import { fillSend } from './forms.js';
import { byId, showOutcome, timeOfDay } from '../view.js';

/** Headers that the server sets anew, that belong to one frame, or that the form has fields of their own for. */
const NOT_SENT = [
  'ack',
  'content-length',
  'content-type',
  'destination',
  'expires',
  'message-id',
  'redelivered',
  'sender',
  'snapshot',
  'subscription',
  'timestamp',
  'version',
  'x-delivery-time',
  'x-dropped',
  'x-inbox-id',
  'x-replayed',
  'x-stream-offset',
  'x-unread',
];

/** Fills the form with the message as it was sent. A value with line ends would become other headers there. */
export function sendAgain({ frame, destination, at }) {
  const headers = Object.entries(frame.headers).filter(([name]) => !NOT_SENT.includes(name));
  const lines = headers.filter(isLine);
  const left = headers.filter((header) => !isLine(header)).map(([name]) => JSON.stringify(name));
  const without = left.length > 0 ? ` Left out, since it does not fit into a line: ${left.join(', ')}.` : '';
  fill(`The message of ${timeOfDay(at)}: change it, or send it as it is.${without}`, {
    destination,
    contentType: frame.headers['content-type'] ?? '',
    headers: Object.fromEntries(lines),
    body: frame.body,
  });
}

const isLine = ([name, value]) => !/[:\r\n]/.test(name) && !/[\r\n]/.test(value);

/** Fills the form with an answer to the message, which has the header reply-to. */
export function reply({ frame, at }) {
  const { 'reply-to': destination, 'correlation-id': correlation } = frame.headers;
  fill(`The answer to the message of ${timeOfDay(at)}.`, {
    destination,
    contentType: 'text/plain',
    headers: correlation ? { 'correlation-id': correlation } : {},
    body: 'The answer',
  });
}

function fill(outcome, message) {
  fillSend(message);
  showOutcome(byId('send-outcome'), 'waiting', outcome);
  byId('body').focus();
}
