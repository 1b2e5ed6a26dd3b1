/** The forms as a client with STOMP.js, in JavaScript or TypeScript. */
import { single } from './literals.js';

/** The client in JavaScript. */
export const javaScript = (wish) => client(wish, { imported: 'Client, TickerStrategy', frame: '{ headers, body }', message: 'message' });

/** The client in TypeScript. */
export const typeScript = (wish) =>
  client(wish, {
    imported: 'Client, TickerStrategy, type IFrame, type IMessage',
    frame: '{ headers, body }: IFrame',
    message: 'message: IMessage',
  });

function client({ url, account, subscribe, send }, words) {
  return `import { ${words.imported} } from '@stomp/stompjs';

const client = new Client({
  brokerURL: ${single(url)},
  connectHeaders: {
    host: ${single(new URL(url).hostname)},
    login: ${single(account.login)},
    passcode: ${single(account.passcode)},
  },
  // hidden tabs slow down all other timers
  heartbeatStrategy: TickerStrategy.Worker,
  // also after each reconnect
  onConnect: () => {
    client.subscribe(
      ${single(subscribe.destination)},
      (${words.message}) => {
        console.log(message.body);${subscribe.ack === 'auto' ? '' : '\n        message.ack();'}
      },${subscribeHeaders(subscribe)}
    );
    client.publish({
      destination: ${single(send.destination)},
      body: ${single(send.body)},${sendHeaders(send)}
    });
  },
  onStompError: (${words.frame}) => {
    console.error(headers.message, body);
  },
});
client.activate();
`;
}

function subscribeHeaders({ ack, selector }) {
  const headers = [
    ...(ack === 'auto' ? [] : [`ack: ${single(ack)}`]),
    ...(selector ? [`selector: ${single(selector)}`] : []),
  ];
  return headers.length > 0 ? `\n      { ${headers.join(', ')} },` : '';
}

function sendHeaders({ headers }) {
  const entries = Object.entries(headers).map(([name, value]) => `${property(name)}: ${single(value)}`);
  return entries.length > 0 ? `\n      headers: { ${entries.join(', ')} },` : '';
}

const property = (name) => (/^[A-Za-z_]\w*$/.test(name) ? name : single(name));
