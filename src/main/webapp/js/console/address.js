/**
 * What the page's address says: `as` (one of the demo's accounts) connects, each `subscribe` subscribes. So a page can be
 * reloaded, kept as a bookmark, or opened in a second tab as somebody else.
 */
import { byId } from '../view.js';

/** Does what the address says, and keeps it up to date; offers a second tab as another of `accounts`. */
export function followAddress(connection, accounts, subscriptions) {
  const wanted = new URLSearchParams(location.search);
  // A link of somebody else must not take messages out of a queue.
  for (const destination of wanted.getAll('subscribe').filter((each) => !each.startsWith('/queue/'))) {
    subscriptions.want(destination);
  }
  const account = accounts.find(({ login }) => login === wanted.get('as'));
  if (account) {
    byId('login').value = account.login;
    byId('passcode').value = account.passcode;
    byId('connect-form').requestSubmit();
  }
  const update = () => show(connection, accounts, subscriptions.destinations);
  connection.addEventListener('change', update);
  subscriptions.addEventListener('change', update);
  update();
}

function show({ state }, accounts, destinations) {
  const user = state.facts?.user;
  if (state.phase === 'connected') {
    history.replaceState(null, '', address(accounts.some(({ login }) => login === user) ? user : null, destinations));
  }
  const other = accounts.find(({ login }) => login !== (user ?? accounts[0].login));
  for (const link of document.querySelectorAll('.second-tab')) {
    link.textContent = other ? `Open a second tab as ${other.login}` : 'Open this page in a second tab';
    link.href = address(other?.login, destinations.length > 0 ? destinations : ['/topic/hello']);
  }
}

/** Names of real users do not get into addresses. */
function address(login, destinations) {
  const query = new URLSearchParams([
    ...(login ? [['as', login]] : []),
    ...destinations.map((destination) => ['subscribe', destination]),
  ]);
  return query.size > 0 ? `?${query}` : './';
}
