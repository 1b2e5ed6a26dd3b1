/** The Send card: sends a message and says what became of it. */
import { byId, showOutcome, timeOfDay } from '../view.js';

/** Lets the user send over the connection. */
export function showSend(connection) {
  const form = byId('send-form');
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (connection.isConnected) {
      send(connection);
    }
  });
  byId('body').addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      form.requestSubmit();
    }
  });
  byId('headers').addEventListener('input', ({ target }) => target.setCustomValidity(''));
}

async function send(connection) {
  const headers = readHeaders();
  if (headers === null) {
    return;
  }
  const outcome = byId('send-outcome');
  const sentAt = timeOfDay(new Date());
  const wantsReceipt = byId('receipt').checked;
  const message = {
    destination: byId('send-destination').value.trim(),
    body: byId('body').value,
    headers,
    receipt: wantsReceipt,
  };
  showOutcome(outcome, 'waiting', `Sent at ${sentAt}${wantsReceipt ? ', waiting for the receipt' : ', no receipt asked for'}`);
  try {
    const millis = await connection.send(message);
    if (wantsReceipt) {
      showOutcome(outcome, 'done', `Sent at ${sentAt}, receipt after ${millis.toFixed(millis < 10 ? 1 : 0)} ms`);
    }
  } catch (failure) {
    showOutcome(outcome, 'failed', `Not accepted: ${failure.message}`);
  }
}

/** The headers of the form, or null after telling the user which line is none. */
function readHeaders() {
  const field = byId('headers');
  const lines = field.value.split('\n').filter((line) => line.trim() !== '');
  const wrong = lines.find((line) => line.indexOf(':') < 1);
  if (wrong !== undefined) {
    field.setCustomValidity(`A header is written "name: value"; this line is not: ${wrong}`);
    field.reportValidity();
    return null;
  }
  const contentType = byId('content-type').value.trim();
  return Object.fromEntries([...(contentType ? [['content-type', contentType]] : []), ...lines.map(nameAndValue)]);
}

function nameAndValue(line) {
  const colon = line.indexOf(':');
  return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
}
