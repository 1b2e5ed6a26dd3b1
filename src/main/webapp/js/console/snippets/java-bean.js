/** The forms as a CDI bean with the API of Stompline. */
import { capitalized, double, nameOf } from './literals.js';

/** Of these types a String needs no header. */
const TEXT_TYPES = ['', 'text/plain'];

/** The bean. It publishes what the form sends, or handles it if the destination is a bean's. */
export function javaBean({ account, subscribe, send }) {
  const methods = send.destination.startsWith('/app/') ? handler(subscribe, send) : publisher(account, send);
  const snapshot = subscribe.destination.startsWith('/app/') ? answerer(subscribe) : { imports: [], lines: [] };
  const imports = [...new Set([...methods.imports, ...snapshot.imports, 'jakarta.enterprise.context.ApplicationScoped'])];
  return `${imports
    .sort()
    .map((name) => `import ${name};`)
    .join('\n')}

@ApplicationScoped
public class ${capitalized(nameOf(send.destination))}Bean {
${[...methods.lines, ...(snapshot.lines.length > 0 ? ['', ...snapshot.lines] : [])]
  .map((line) => (line === '' ? '' : `    ${line}`))
  .join('\n')}
}
`;
}

function publisher(account, { destination, body, headers }) {
  const options = Object.entries(headers).filter(
    ([name, value]) => name !== 'content-type' || !TEXT_TYPES.includes(value),
  );
  const toUser = destination.startsWith('/user/') ? `ToUser(${double(account.login)}, ` : '(';
  return {
    imports: [
      'io.stompline.api.StompPublisher',
      'jakarta.inject.Inject',
      ...(options.length > 0 ? ['io.stompline.api.PublishOptions'] : []),
    ],
    lines: [
      '@Inject',
      'private StompPublisher publisher;',
      '',
      '/** In a JTA transaction browsers get it after the commit. */',
      'public void publish() {',
      `    publisher.publish${toUser}${double(destination)}, ${double(body)}${options.length > 0 ? ',' : ');'}`,
      ...optionLines(options),
      '}',
    ],
  };
}

function optionLines(options) {
  return options.map(([name, value], i) => {
    const call = i === 0 ? 'PublishOptions.header' : '        .withHeader';
    return `            ${call}(${double(name)}, ${double(value)})${i === options.length - 1 ? ');' : ''}`;
  });
}

function handler(subscribe, { destination }) {
  const variables = [...destination.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
  const forwards = /^\/(topic|queue)\//.test(subscribe.destination) && !subscribe.destination.includes('*');
  const names = distinctNames(variables);
  const parameters = [...variables.map((name, i) => `@Variable("${name}") String ${names[i]}`), 'String text', 'Principal by'];
  return {
    imports: [
      'io.stompline.api.OnSend',
      'java.security.Principal',
      ...(forwards ? ['io.stompline.api.SendTo'] : []),
      ...(variables.length > 0 ? ['io.stompline.api.Variable'] : []),
    ],
    lines: [
      `@OnSend(${double(destination)})`,
      ...(forwards ? [`@SendTo(${double(subscribe.destination)})`] : []),
      `public String handle(${parameters.join(', ')}) {`,
      '    return by.getName() + ": " + text;',
      '}',
    ],
  };
}

/** Names of parameters, none of them twice; `text` and `by` are taken. */
function distinctNames(variables) {
  const taken = new Set(['text', 'by']);
  return variables.map((variable) => {
    const first = nameOf(`/${variable}`);
    let name = first;
    for (let i = 2; taken.has(name); i++) {
      name = `${first}${i}`;
    }
    taken.add(name);
    return name;
  });
}

function answerer({ destination }) {
  return {
    imports: ['io.stompline.api.OnSubscribe'],
    lines: [`@OnSubscribe(${double(destination)})`, 'public String answer() {', '    return "the only message";', '}'],
  };
}
