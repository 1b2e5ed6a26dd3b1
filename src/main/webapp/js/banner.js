/** The banner that says how a connection ended, and offers to connect again. */
import { byId, element, rows, smallButton } from './view.js';

const SHOWN_ELSEWHERE = ['message', 'help', 'content-type', 'content-length'];

/** Shows the ERROR frames of the connection; a new attempt to connect takes the banner away. */
export function showErrors(connection) {
  connection.addEventListener('refused', ({ detail: frame }) =>
    show(connection, 'error', 'Reconnect', ...error(frame)),
  );
  connection.addEventListener('change', () => {
    if (connection.state.phase === 'connecting') {
      hide('error');
    }
  });
}

/** Shows that the connection was lost, until there is one again or the user gives it up. */
export function showLosses(connection) {
  connection.addEventListener('change', () => {
    const { phase, reason } = connection.state;
    if (phase === 'reconnecting' && byId('error').dataset.kind !== 'loss') {
      show(connection, 'loss', 'Reconnect now', element('strong', {}, 'Not connected'), element('p', {}, reason));
    } else if (phase === 'connected' || phase === 'disconnected') {
      hide('loss');
    }
  });
}

function error({ headers, body }) {
  const more = Object.entries(headers).filter(([name]) => !SHOWN_ELSEWHERE.includes(name));
  return [
    element('strong', {}, `ERROR: ${headers.message ?? 'no message'}`),
    element('p', {}, body),
    ...help(headers.help),
    element('dl', { className: 'facts' }, ...rows(more)),
    element('p', { className: 'hint' }, 'An ERROR ends the connection.'),
  ];
}

/** The link that the server gives: a page that says what to do. */
function help(address) {
  return address ? [element('p', {}, element('a', { href: address, target: '_blank' }, 'What to do'))] : [];
}

function show(connection, kind, reconnect, ...texts) {
  const reopen = () => {
    hide(kind);
    connection.reopen();
  };
  // Dismissed, it does not come back with the next vain attempt.
  const dismiss = () => {
    byId('error').hidden = true;
    focusState();
  };
  byId('error').dataset.kind = kind;
  byId('error').replaceChildren(
    element('div', {}, ...texts),
    element(
      'div',
      { className: 'badges' },
      smallButton(reconnect, reopen),
      smallButton('Dismiss', dismiss),
    ),
  );
  byId('error').hidden = false;
}

function hide(kind) {
  const banner = byId('error');
  if (banner.dataset.kind === kind) {
    const hadFocus = banner.contains(document.activeElement);
    banner.hidden = true;
    delete banner.dataset.kind;
    if (hadFocus) {
      focusState();
    }
  }
}

/** The button with the focus is gone: its neighbour in the head of the page gets it. */
function focusState() {
  byId('state').tabIndex = -1;
  byId('state').focus();
}
