/** The page of the destinations: gets the AsyncAPI document, from who may see it, and shows it. */
import { accounts } from '../site.js';
import { contractView } from './contract-view.js';
import { pageLinks } from './pages.js';
import { byId, showOutcome } from './view.js';

const ADDRESS = 'asyncapi.json';
const SETTING = 'stompline.asyncapi.role';

/** Why there is nothing to see. */
const REFUSALS = {
  401: `Only users with the role that the setting ${SETTING} names may see it. Log in as one of them.`,
  403: `This user has not the role that the setting ${SETTING} names.`,
  404: `Nobody may see it here yet: give the setting ${SETTING} a role that your user has, such as -D${SETTING}=admin, and start the server again.`,
  503: 'The server is busy. Try again.',
};

byId('pages').replaceWith(pageLinks());
const [visitor] = accounts;
if (visitor) {
  byId('login').value = visitor.login;
  byId('passcode').value = visitor.passcode;
}
byId('login-form').addEventListener('submit', (event) => {
  event.preventDefault();
  show({ Authorization: basic(byId('login').value, byId('passcode').value) });
});
show({});

async function show(headers) {
  const { status, document } = await load(headers);
  byId('login-form').hidden = document !== null || status === 404;
  byId('contract').hidden = document === null;
  if (document !== null) {
    showOutcome(byId('outcome'), 'done', '');
    byId('contract').replaceChildren(...contractView(document));
    byId('contract').querySelector('h2').focus();
  } else if (status === 401 && headers.Authorization) {
    showOutcome(byId('outcome'), 'failed', 'The server did not accept this login and passcode.');
  } else {
    showOutcome(byId('outcome'), status === 401 ? 'waiting' : 'failed', REFUSALS[status] ?? `The server did not give it (${status}).`);
  }
}

/** Without the credentials that the browser keeps, which would make it ask in a window of its own. */
async function load(headers) {
  try {
    const answer = await fetch(ADDRESS, { credentials: 'omit', headers });
    return { status: answer.status, document: answer.ok ? await answer.json() : null };
  } catch {
    return { status: 'no answer', document: null };
  }
}

/** HTTP Basic in UTF-8 (RFC 7617). */
function basic(login, passcode) {
  const octets = new TextEncoder().encode(`${login}:${passcode}`);
  return `Basic ${btoa(String.fromCharCode(...octets))}`;
}
