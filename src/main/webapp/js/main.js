/** Puts the page together. */
import { accounts } from '../site.js';
import { followAddress } from './console/address.js';
import { showErrors, showLosses } from './banner.js';
import { Connection } from './connection.js';
import { endpointUrl } from './socket.js';
import { showConnect } from './console/connect.js';
import { showFrames } from './frames/frames.js';
import { showHeartBeats } from './console/heart-beats.js';
import { showMessages } from './console/message-list.js';
import { Messages } from './console/messages.js';
import { pageLinks } from './pages.js';
import { reply, sendAgain } from './console/send-again.js';
import { showSend } from './console/send.js';
import { showSnippets } from './console/snippets.js';
import { Subscriptions } from './console/subscriptions.js';
import { showTemplates } from './console/templates.js';
import { Transaction } from './console/transaction.js';
import { byId } from './view.js';

const connection = new Connection();
const messages = new Messages(connection, { sendAgain, reply });
const subscriptions = new Subscriptions(connection, messages);
const transaction = new Transaction(connection);

byId('pages').replaceWith(pageLinks());
showSnippets(endpointUrl(), accounts, connection);
showErrors(connection);
showLosses(connection);
showFrames(connection);
showConnect(connection, accounts);
showHeartBeats(connection);
showMessages(messages);
showTemplates(connection, transaction);
showSend(connection, transaction);
followAddress(connection, accounts, subscriptions);

function showWhatIsPossible() {
  for (const button of document.querySelectorAll('[data-needs-connection]')) {
    button.disabled = !connection.isConnected;
    button.title = connection.isConnected ? '' : 'Connect first';
  }
  byId('step-connect').classList.toggle('done', connection.isConnected);
  byId('step-subscribe').classList.toggle('done', subscriptions.size > 0);
}
connection.addEventListener('change', showWhatIsPossible);
subscriptions.addEventListener('change', showWhatIsPossible);
showWhatIsPossible();

// A browser cannot point at a wrong value that is folded away. The event does not bubble.
document.addEventListener('invalid', ({ target }) => target.closest('details')?.setAttribute('open', ''), true);
