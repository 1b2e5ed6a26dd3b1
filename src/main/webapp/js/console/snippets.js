/** The values of the forms, as code for the reader's own application: a tab for each language. */
import { showCode } from '../code.js';
import { onForms, sendTerms, subscribeTerms } from './forms.js';
import { javaBean } from './snippets/java-bean.js';
import { plainJms } from './snippets/plain-jms.js';
import { javaScript, typeScript } from './snippets/stompjs.js';
import { byId, copies, element } from '../view.js';

const TABS = [
  { name: 'JavaScript', language: 'javascript', code: javaScript },
  { name: 'TypeScript', language: 'typescript', code: typeScript },
  { name: 'Java bean', language: 'java', code: javaBean },
  { name: 'Plain JMS', language: 'java', code: plainJms },
];

const READERS = { login: 'your login', passcode: 'your passcode' };

/** Shows the endpoint and the code, with the account that is connected, or else the first of `accounts`, if any. */
export function showSnippets(url, accounts, connection) {
  byId('endpoint').textContent = url;
  copies(byId('copy-endpoint'), () => url, byId('endpoint'));
  copies(byId('copy-snippet'), () => byId('snippet').textContent, byId('snippet'));

  let shown = TABS[0];
  let account = accounts[0] ?? READERS;
  const buttons = TABS.map((tab) => tabButton(tab.name, () => choose(tab)));
  byId('snippet-tabs').append(...buttons);
  byId('snippet-tabs').addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step) {
      const next = (TABS.indexOf(shown) + step + TABS.length) % TABS.length;
      choose(TABS[next]);
      buttons[next].focus();
    }
  });
  onForms(() => choose(shown));
  connection.addEventListener('change', () => {
    const connected = accounts.find(({ login }) => login === connection.state.facts?.user);
    if (connected && connected !== account) {
      account = connected;
      choose(shown);
    }
  });
  choose(shown);

  function choose(tab) {
    shown = tab;
    buttons.forEach((button, i) => {
      button.setAttribute('aria-selected', TABS[i] === tab);
      button.tabIndex = TABS[i] === tab ? 0 : -1;
    });
    byId('snippet-panel').setAttribute('aria-labelledby', buttons[TABS.indexOf(tab)].id);
    showCode(byId('snippet'), tab.code({ url, account, subscribe: subscribeTerms(), send: sendTerms() }), tab.language);
  }
}

function tabButton(name, onClick) {
  const button = element('button', {
    type: 'button',
    className: 'quiet small',
    id: `tab-${name.toLowerCase().replace(' ', '-')}`,
    textContent: name,
  });
  button.setAttribute('role', 'tab');
  button.setAttribute('aria-controls', 'snippet-panel');
  button.addEventListener('click', onClick);
  return button;
}
