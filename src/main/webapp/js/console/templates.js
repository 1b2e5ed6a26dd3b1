/** Templates: what one does with a STOMP server, each a click that fills the forms. */
import { fillSend, fillSubscribe } from './forms.js';
import { byId, showOutcome, smallButton } from '../view.js';

const TEXT = 'text/plain';
const JSON_TYPE = 'application/json';

/** `run`, if there is one, has the bodies of SENDs that belong together in a transaction. */
const TEMPLATES = [
  {
    name: 'Topic',
    help: 'Every subscriber gets each message: Subscribe, then Send.',
    subscribe: { destination: '/topic/hello' },
    send: { destination: '/topic/hello', contentType: TEXT, body: 'Hello, world!' },
  },
  {
    name: 'Queue with ACK',
    help:
      'Each message goes to one consumer: Subscribe, Send, then ACK or NACK it in the list. Without an ACK it comes again, ' +
      'here or elsewhere.',
    subscribe: { destination: '/queue/jobs', ack: 'client-individual' },
    send: { destination: '/queue/jobs', contentType: JSON_TYPE, headers: { persistent: 'true' }, body: '{"job": 1}' },
  },
  {
    name: 'Request and reply',
    help:
      'This page asks, and answers as well: Subscribe, Send; open the question in the list, press Reply, then Send. The answer ' +
      'comes to the temporary queue of the question, without a SUBSCRIBE.',
    subscribe: { destination: '/queue/questions' },
    send: {
      destination: '/queue/questions',
      contentType: TEXT,
      headers: { 'reply-to': '/temp-queue/answers', 'correlation-id': 'question-1' },
      body: 'What time is it?',
    },
  },
  {
    name: 'Selector',
    help: 'Only red messages arrive: Subscribe, Send; then change the header to blue, and Send again.',
    subscribe: { destination: '/topic/paint', selector: "colour = 'red'" },
    send: { destination: '/topic/paint', contentType: TEXT, headers: { colour: 'red' }, body: 'A red message' },
  },
  {
    name: 'Transaction',
    help: 'Both messages or none: Subscribe, BEGIN, Send, Send, COMMIT. Or let the page do all of it:',
    subscribe: { destination: '/topic/stock' },
    send: { destination: '/topic/stock', contentType: TEXT, body: 'one less' },
    run: ['one less', 'one more'],
  },
];

/** Offers them. */
export function showTemplates(connection, transaction) {
  byId('template-choices').append(
    ...TEMPLATES.map((template) => {
      const button = smallButton(template.name, () => {
        fillSubscribe(template.subscribe);
        fillSend(template.send);
        byId('template-help').replaceChildren(template.help, ...runButton(connection, transaction, template));
        for (const other of byId('template-choices').children) {
          other.setAttribute('aria-pressed', other === button);
        }
      });
      button.setAttribute('aria-pressed', false);
      return button;
    }),
  );
}

function runButton(connection, transaction, { send, run }) {
  if (!run) {
    return [];
  }
  const button = smallButton('BEGIN, 2 SENDs, COMMIT', () => {
    if (transaction.isOpen) {
      showOutcome(byId('send-outcome'), 'failed', 'Nothing sent: a transaction is open, COMMIT or ABORT it first.');
      return;
    }
    transaction.begin();
    for (const body of run) {
      connection.send({
        destination: send.destination,
        body,
        headers: { 'content-type': send.contentType, ...transaction.header() },
        receipt: false,
      });
    }
    transaction.commit();
  });
  button.dataset.needsConnection = '';
  button.disabled = !connection.isConnected;
  return [' ', button];
}
