/**
 * The state of the console in the page's address, so that it can be reloaded, kept as a bookmark, or opened in a second tab
 * as somebody else:
 *
 * - `as`: one of the demo's accounts, which connects
 * - `subscribe`: a destination, at most 20 of them; `ack` and `selector` behind it belong to it
 * - `send`: the destination in the form of SEND
 * - `filter`: the filter of the messages
 * - `frames`: the view of the frames is open
 */
import { fillSend, fillSubscribe, onForms, sendTerms } from './forms.js';
import { byId } from '../view.js';

const FIRST_DESTINATION = '/topic/hello';
const MAX_SUBSCRIPTIONS = 20;

/** Does what the address says, and keeps it up to date; offers a second tab as another of `accounts`. */
export function followAddress(connection, accounts, subscriptions) {
  const wanted = new URLSearchParams(location.search);
  restore(wanted, subscriptions);
  const account = accounts.find(({ login }) => login === wanted.get('as'));
  if (account) {
    byId('login').value = account.login;
    byId('passcode').value = account.passcode;
    byId('connect-form').requestSubmit();
  }

  let as = account?.login ?? null;
  const update = () => {
    const user = connection.state.facts?.user;
    if (connection.isConnected) {
      // Names of real users do not get into addresses.
      as = accounts.some(({ login }) => login === user) ? user : null;
    }
    const now = new URL(address(as, subscriptions.terms), location.href).href;
    if (now !== location.href) {
      // Browsers allow only so many changes in a time.
      history.replaceState(null, '', now);
    }
    offerSecondTab(accounts, user ?? as ?? accounts[0]?.login, subscriptions.terms);
  };
  connection.addEventListener('change', update);
  subscriptions.addEventListener('change', update);
  onForms(update);
  byId('filter').addEventListener('change', update);
  byId('frames-card').addEventListener('toggle', update);
  update();
}

function restore(wanted, subscriptions) {
  for (const terms of subscriptionsIn(wanted)) {
    if (/^\/(queue|app)\//.test(terms.destination)) {
      // A link of somebody else must not take messages out of a queue or call a bean: the user subscribes.
      fillSubscribe(terms);
    } else {
      subscriptions.want(terms);
    }
  }
  if (wanted.get('send')) {
    fillSend({ destination: wanted.get('send') });
  }
  byId('filter').value = wanted.get('filter') ?? '';
  byId('filter').dispatchEvent(new Event('input'));
  byId('frames-card').open = wanted.get('frames') === 'open';
}

function subscriptionsIn(wanted) {
  const found = [];
  for (const [name, value] of wanted) {
    if (name === 'subscribe') {
      found.push({ destination: value, ack: 'auto', selector: '' });
    } else if (found.length > 0 && (name === 'selector' || (name === 'ack' && value.startsWith('client')))) {
      found.at(-1)[name] = value;
    }
  }
  return found.slice(0, MAX_SUBSCRIPTIONS);
}

function offerSecondTab(accounts, user, terms) {
  const other = accounts.find(({ login }) => login !== user);
  for (const link of document.querySelectorAll('.second-tab')) {
    link.textContent = other ? `Open a second tab as ${other.login}` : 'Open this page in a second tab';
    link.href = address(other?.login, terms.length > 0 ? terms : [{ destination: FIRST_DESTINATION, ack: 'auto' }]);
  }
}

function address(login, terms) {
  const { destination } = sendTerms();
  const parts = [
    ...(login ? [['as', login]] : []),
    ...distinct(terms.map(subscriptionParts)).flat(),
    ...(destination && destination !== FIRST_DESTINATION ? [['send', destination]] : []),
    ...(byId('filter').value ? [['filter', byId('filter').value]] : []),
    ...(byId('frames-card').open ? [['frames', 'open']] : []),
  ];
  return parts.length > 0 ? `?${new URLSearchParams(parts)}` : './';
}

function subscriptionParts({ destination, ack, selector }) {
  return [
    ['subscribe', destination],
    ...(ack === 'auto' ? [] : [['ack', ack]]),
    ...(selector ? [['selector', selector]] : []),
  ];
}

const distinct = (values) => [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
