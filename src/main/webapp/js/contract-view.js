/** An AsyncAPI document as tables for people: what a client may send, what it gets, and the payloads. */
import { constraintWords, schemaName, typeWords } from './schema-words.js';
import { element } from './view.js';

/** Its sections. */
export function contractView(document) {
  const operations = Object.values(document.operations ?? {});
  const schemas = Object.entries(document.components?.schemas ?? {});
  // The document takes the view of the application, the page that of its clients.
  const sent = operations.filter(({ action }) => action === 'receive');
  const received = operations.filter(({ action }) => action === 'send');
  return [
    section(
      'You send',
      sent.length === 0
        ? element('p', {}, 'No bean of this application has a method with @OnSend.')
        : table(['SEND to', 'Payload', 'Headers', 'The answer', 'Roles'], sent.map((one) => sentRow(document, one))),
    ),
    section('You get', table(['SUBSCRIBE to', 'Payload', 'When', 'Roles'], received.map((one) => receivedRow(document, one)))),
    section('Payloads', ...schemas.flatMap(([name, schema]) => schemaView(name, schema))),
  ];
}

function sentRow(document, operation) {
  const [message] = messages(document, operation);
  return [
    destination(document, operation, 'send'),
    payloads(document, operation),
    headers(message?.headers),
    operation.reply
      ? [element('p', {}, 'at ', destination(document, operation.reply)), payloads(document, operation.reply)]
      : ['none'],
    roles(operation),
  ].map(cell);
}

function receivedRow(document, operation) {
  return [
    destination(document, operation, 'subscribe'),
    payloads(document, operation),
    operation.summary ?? 'The result of a SEND',
    roles(operation),
  ].map(cell);
}

/** The address of a channel; with a link to try it, if there is a way. */
function destination(document, { channel }, way) {
  const { address } = resolved(document, channel);
  const code = element('code', {}, address);
  if (!way || (way === 'subscribe' && address.includes('{'))) {
    return code;
  }
  const link = element('a', { href: `./?${new URLSearchParams([[way, address]])}` }, 'Try');
  link.setAttribute('aria-label', `Try ${address}`);
  return [code, ' ', link];
}

const messages = (document, { messages: references = [] }) => references.map((one) => resolved(document, one));

function payloads(document, operation) {
  return messages(document, operation).map(({ payload }) => element('p', {}, ...linked(payload ?? {})));
}

/** The names of schemas lead to them. */
function linked(schema) {
  return typeWords(schema).map((word) =>
    typeof word === 'string' ? word : element('a', { href: `#${word.schema}` }, word.schema),
  );
}

function roles({ 'x-roles': names }) {
  if (!names) {
    return 'whoever the access rules allow';
  }
  return names.length === 0 ? 'nobody' : names.join(', ');
}

function schemaView(name, schema) {
  const heading = element('h3', { id: schemaName(name) }, schemaName(name));
  return schema.properties
    ? [heading, properties(schema)]
    : [heading, element('p', {}, ...linked(schema), ' ', constraintWords(schema))];
}

/** The properties of an object. */
function properties(schema) {
  return table(
    ['Name', 'Type', 'Rule'],
    Object.entries(schema.properties).map(([name, property]) =>
      [element('code', {}, name), linked(property), rule(schema, name)].map(cell),
    ),
  );
}

/** The headers that a SEND is read for, beside those of STOMP. */
function headers(schema) {
  const entries = Object.entries(schema?.properties ?? {});
  return entries.length === 0
    ? 'none'
    : entries.map(([name, property]) =>
        element('p', {}, element('code', {}, name), ': ', ...linked(property), `, ${rule(schema, name)}`),
      );
}

function rule(schema, name) {
  const need = schema.required?.includes(name) ? 'needed' : 'may be left out';
  return [need, constraintWords(schema.properties[name])].filter(Boolean).join(', ');
}

function section(title, ...content) {
  return element('section', { className: 'card' }, element('h2', { tabIndex: -1 }, title), ...content);
}

function table(headings, rows) {
  const head = headings.map((text) => {
    const cell = element('th', {}, text);
    cell.scope = 'col';
    return cell;
  });
  const frame = element(
    'div',
    // It may be wider than the screen: the keyboard scrolls it, too.
    { className: 'scrolls', tabIndex: 0 },
    element(
      'table',
      {},
      element('thead', {}, element('tr', {}, ...head)),
      element('tbody', {}, ...rows.map((cells) => element('tr', {}, ...cells))),
    ),
  );
  frame.setAttribute('role', 'group');
  frame.setAttribute('aria-label', 'Table');
  return frame;
}

const cell = (content) => element('td', {}, ...[content].flat(Infinity));

/** The target of a reference such as `#/channels/app.say`. */
function resolved(document, { $ref }) {
  return $ref
    .slice(2)
    .split('/')
    .reduce((found, step) => found[step], document);
}
