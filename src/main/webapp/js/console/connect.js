/** The Connect card and the state in the page's head: what to connect with, and how the connection is. */
import { byId, duration, element, rows } from '../view.js';

const COUNTDOWN_MILLIS = 250;

/** Shows the connection's state and lets the user open and close it; offers `accounts` as one-click choices. */
export function showConnect(connection, accounts) {
  offerAccounts(accounts);
  byId('connect-form').addEventListener('submit', (event) => {
    event.preventDefault();
    connection.open(formValues());
  });
  byId('disconnect').addEventListener('click', () => connection.close());
  connection.addEventListener('change', () => showState(connection.state));
  setInterval(() => showCountdown(connection.state), COUNTDOWN_MILLIS);
  showState(connection.state);
}

function offerAccounts(accounts) {
  byId('accounts').hidden = accounts.length === 0;
  byId('no-accounts').hidden = accounts.length > 0;
  byId('account-choices').append(...accounts.map(accountButton));
}

function accountButton({ login, passcode }) {
  const button = element('button', { type: 'button', className: 'primary', textContent: login });
  button.setAttribute('aria-label', `Connect as ${login}`);
  button.addEventListener('click', () => {
    byId('login').value = login;
    byId('passcode').value = passcode;
    byId('connect-form').requestSubmit();
  });
  return button;
}

function formValues() {
  return {
    login: byId('login').value,
    passcode: byId('passcode').value,
    versions: byId('versions').value.split(','),
    outgoing: byId('heart-beat-outgoing').valueAsNumber,
    incoming: byId('heart-beat-incoming').valueAsNumber,
  };
}

function showState(state) {
  byId('state').dataset.phase = state.phase;
  byId('state-text').textContent = stateText(state);
  const isOpen = state.phase !== 'disconnected';
  const focused = document.activeElement;
  byId('connect-form').hidden = isOpen;
  byId('link').hidden = !isOpen;
  keepFocus(focused, isOpen);
  byId('disconnect').textContent = state.phase === 'connected' ? 'Disconnect' : 'Stop';
  byId('facts').replaceChildren(...rows(facts(state)));
  showCountdown(state);
}

/** The button that had the focus went away with its form: the one in its place gets it. */
function keepFocus(focused, isOpen) {
  if (isOpen && byId('connect-form').contains(focused)) {
    byId('disconnect').focus();
  } else if (!isOpen && byId('link').contains(focused)) {
    byId('connect').focus();
  }
}

function stateText({ phase, facts }) {
  switch (phase) {
    case 'connecting':
      return 'Connecting';
    case 'connected':
      return `Connected, STOMP ${facts.version}`;
    case 'reconnecting':
      return 'Reconnecting';
    case 'disconnecting':
      return 'Disconnecting';
    default:
      return 'Disconnected';
  }
}

function facts({ phase, facts }) {
  if (phase !== 'connected') {
    return [];
  }
  return [
    ['User', facts.user ?? 'not told'],
    ['Version', `STOMP ${facts.version}`],
    ['Session', facts.session ?? 'not told'],
    ['Server', facts.server ?? 'not told'],
  ];
}

/** Outside the live region: a screen reader would say every second. */
function showCountdown({ phase, reason, retryAt }) {
  const line = byId('link-reason');
  if (phase === 'reconnecting') {
    const left = Math.max(0, Math.ceil((retryAt - Date.now()) / 1000));
    line.textContent = `${reason} Next attempt in ${duration(left * 1000)}. Subscriptions come back by themselves.`;
  } else {
    line.textContent = phase === 'connecting' ? 'Opening the WebSocket, then CONNECT.' : '';
  }
  line.hidden = line.textContent === '';
}
