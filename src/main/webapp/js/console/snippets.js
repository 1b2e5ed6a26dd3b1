/** The endpoint's address and an example for the reader's own page, both to copy. */
import { byId, copies } from '../view.js';

/** Shows them; `account` (may be undefined) is the one to put into the example. */
export function showEndpoint(url, account = { login: 'your login', passcode: 'your passcode' }) {
  byId('endpoint').textContent = url;
  byId('snippet').textContent = snippet(url, account);
  copies(byId('copy-endpoint'), () => url, byId('endpoint'));
  copies(byId('copy-snippet'), () => byId('snippet').textContent, byId('snippet'));
}

function snippet(url, { login, passcode }) {
  return `import { Client, TickerStrategy } from '@stomp/stompjs';

const client = new Client({
  brokerURL: '${url}',
  connectHeaders: {
    host: '${location.hostname}',
    login: '${login}',
    passcode: '${passcode}',
  },
  // hidden tabs slow down all other timers
  heartbeatStrategy: TickerStrategy.Worker,
  onConnect: () => {
    client.subscribe('/topic/hello', (message) => {
      console.log(message.body);
    });
    client.publish({ destination: '/topic/hello', body: 'Hello!' });
  },
  onStompError: ({ headers, body }) => {
    console.error(headers.message, body);
  },
});
client.activate();
`;
}
