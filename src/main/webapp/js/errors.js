/** The banner that says what an ERROR frame said. */
import { byId, element, rows, smallButton } from './view.js';

const SHOWN_ELSEWHERE = ['message', 'help', 'content-type', 'content-length'];

/** Shows the ERROR frames of the connection; a new attempt to connect takes the banner away. */
export function showErrors(connection) {
  connection.addEventListener('refused', ({ detail: frame }) => show(frame));
  connection.addEventListener('change', () => {
    if (connection.state.phase === 'connecting') {
      hide();
    }
  });
}

function show({ headers, body }) {
  const more = Object.entries(headers).filter(([name]) => !SHOWN_ELSEWHERE.includes(name));
  const banner = byId('error');
  banner.replaceChildren(
    element(
      'div',
      {},
      element('strong', {}, `ERROR: ${headers.message ?? 'no message'}`),
      element('p', {}, body),
      ...help(headers.help),
      element('dl', { className: 'facts' }, ...rows(more)),
      element('p', { className: 'hint' }, 'An ERROR ends the connection. Connect again to go on.'),
    ),
    smallButton('Dismiss', hide),
  );
  banner.hidden = false;
}

/** The link that the server gives: a page that says what to do. */
function help(address) {
  return address ? [element('p', {}, element('a', { href: address, target: '_blank' }, 'What to do'))] : [];
}

function hide() {
  byId('error').hidden = true;
}
