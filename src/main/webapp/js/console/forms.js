/** The forms of SUBSCRIBE and SEND: what they say, and what others put into them. */
import { byId } from '../view.js';

/** The values of the form of SUBSCRIBE. */
export function subscribeTerms() {
  return {
    destination: byId('subscribe-destination').value.trim(),
    ack: byId('ack').value,
    selector: byId('selector').value.trim(),
  };
}

/** Puts a subscription into the form. */
export function fillSubscribe({ destination, ack = 'auto', selector = '' }) {
  byId('subscribe-destination').value = destination;
  byId('ack').value = ack;
  byId('selector').value = selector;
  unfoldIf(ack !== 'auto' || selector, byId('selector'));
  changed(byId('subscribe-form'));
}

/** The values of the form of SEND; `headers` has names with values, the lines in `wrong` are none that may stand there. */
export function sendTerms() {
  const lines = byId('headers')
    .value.split('\n')
    .filter((line) => line.trim() !== '');
  const contentType = byId('content-type').value.trim();
  return {
    destination: byId('send-destination').value.trim(),
    contentType,
    body: byId('body').value,
    headers: {
      ...(contentType && { 'content-type': contentType }),
      ...Object.fromEntries(lines.filter(isHeader).map(nameAndValue)),
    },
    wrong: lines.filter((line) => !isHeader(line)),
    receipt: byId('receipt').checked,
  };
}

/** Puts a message into the form, or its destination only. */
export function fillSend({ destination, contentType = byId('content-type').value, headers = {}, body = byId('body').value }) {
  byId('send-destination').value = destination;
  byId('content-type').value = contentType;
  byId('headers').value = Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');
  byId('headers').setCustomValidity('');
  byId('body').value = body;
  unfoldIf(byId('headers').value, byId('headers'));
  changed(byId('send-form'));
}

/** Calls `listener` when a user or a template has changed one of the forms. */
export function onForms(listener) {
  for (const form of [byId('subscribe-form'), byId('send-form')]) {
    form.addEventListener('input', listener);
    form.addEventListener('change', listener);
  }
}

/** These have a place of their own: the fields of the form, or the page. */
const NOT_AMONG_HEADERS = ['destination', 'receipt', 'transaction'];

const isHeader = (line) => line.indexOf(':') > 0 && !NOT_AMONG_HEADERS.includes(nameAndValue(line)[0]);

function nameAndValue(line) {
  const colon = line.indexOf(':');
  return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
}

function unfoldIf(isUsed, field) {
  field.closest('details').open ||= Boolean(isUsed);
}

/** Values that a script sets bring no events. */
function changed(form) {
  form.dispatchEvent(new Event('change'));
}
