/** The Send card: sends a message and says what became of it. */
import { sendTerms } from './forms.js';
import { byId, showOutcome, timeOfDay } from '../view.js';

/** Lets the user send over the connection, within the transaction if one is open. */
export function showSend(connection, transaction) {
  const form = byId('send-form');
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (connection.isConnected) {
      send(connection, transaction);
    }
  });
  byId('body').addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      form.requestSubmit();
    }
  });
  byId('headers').addEventListener('input', ({ target }) => target.setCustomValidity(''));
}

/** Sends what the form says. */
async function send(connection, transaction) {
  const { destination, body, headers, wrong, receipt } = sendTerms();
  if (wrong.length > 0) {
    const field = byId('headers');
    field.setCustomValidity(
      `A header is written "name: value", and destination, receipt and transaction do not go here. Wrong is: ${wrong[0]}`,
    );
    field.reportValidity();
    return;
  }
  const outcome = byId('send-outcome');
  const sentAt = timeOfDay(new Date());
  showOutcome(outcome, 'waiting', `Sent at ${sentAt}${receipt ? ', waiting for the receipt' : ', no receipt asked for'}`);
  try {
    const millis = await connection.send({
      destination,
      body,
      headers: { ...headers, ...transaction.header() },
      receipt,
    });
    if (receipt) {
      showOutcome(outcome, 'done', `Sent at ${sentAt}, receipt after ${millis.toFixed(millis < 10 ? 1 : 0)} ms`);
    }
  } catch (failure) {
    showOutcome(outcome, 'failed', `Not accepted: ${failure.message}`);
  }
}
