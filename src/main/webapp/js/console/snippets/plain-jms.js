/** The forms as beans of Jakarta Messaging, which know nothing of Stompline. */
import { jmsDestination, jmsProperty, jmsSelector } from './jms-names.js';
import { capitalized, double, nameOf } from './literals.js';

const FACTORY = 'jms/stompline';

/** Headers of a STOMP message that are a call of JMSProducer; the others are properties. */
const SETTERS = {
  'correlation-id': (value) => `.setJMSCorrelationID(${double(value)})`,
  'content-type': (value) => `.setProperty("stompline_content_type", ${double(value)})`,
  'delivery-delay': (value) => `.setDeliveryDelay(${number(value)})`,
  expires: (value) => `.setTimeToLive(${number(value)} - System.currentTimeMillis())`,
  persistent: (value) => `.setDeliveryMode(DeliveryMode.${value === 'false' ? 'NON_PERSISTENT' : 'PERSISTENT'})`,
  priority: (value) => `.setPriority(${priority(value)})`,
  type: (value) => `.setJMSType(${double(value)})`,
};

/** The beans, or why there are none. */
export function plainJms({ subscribe, send }) {
  const isTopic = [send, subscribe].some(({ destination }) => destination.startsWith('/topic/'));
  const parts = [
    ...(isTopic ? ['// Topics of the setting stompline.local-topics do not reach Jakarta Messaging.\n'] : []),
    isOfJms(send.destination) ? sender(send) : elsewhere('SEND', send.destination),
    isOfJms(subscribe.destination)
      ? receiver(subscribe, subscribe.destination === send.destination)
      : elsewhere('SUBSCRIBE', subscribe.destination),
  ];
  return parts.join('\n');
}

const isOfJms = (destination) => /^\/(topic|queue)\/./.test(destination);

function elsewhere(command, destination) {
  const reason = destination.startsWith('/user/')
    ? 'Of a user: an application sends to the topic stompline.users, see "To one user or session" in the guide.'
    : 'Not a destination of Jakarta Messaging: see the tab "Java bean".';
  // Java reads \u000a as a line end in comments as well.
  return `// ${command} ${destination.replaceAll(/[\s\\]/g, ' ')}\n// ${reason}\n`;
}

function sender({ destination, body, headers }) {
  const { kind, name, resource } = target(destination);
  const className = `${capitalized(nameOf(destination))}Sender`;
  // setJMSReplyTo takes a destination of the application, not its name.
  const calls = Object.entries(headers)
    .filter(([header]) => header !== 'reply-to')
    .map(([header, value]) => setter(header, value));
  const imports = [
    'jakarta.annotation.Resource',
    'jakarta.ejb.Stateless',
    'jakarta.inject.Inject',
    'jakarta.jms.JMSConnectionFactory',
    'jakarta.jms.JMSContext',
    'jakarta.jms.JMSDestinationDefinition',
    `jakarta.jms.${kind}`,
    ...('persistent' in headers ? ['jakarta.jms.DeliveryMode'] : []),
  ];
  return `// ${className}.java
${importLines(imports)}

${definition(kind, name, resource)}
@Stateless
public class ${className} {
    @Inject
    @JMSConnectionFactory("${FACTORY}")
    private JMSContext jms;

    @Resource(lookup = "${resource}")
    private ${kind} target;

    public void send() {
        jms.createProducer()
${calls.map((call) => `                ${call}\n`).join('')}                .send(target, ${double(body)});
    }
}
`;
}

function setter(header, value) {
  return Object.hasOwn(SETTERS, header)
    ? SETTERS[header](value)
    : `.setProperty(${double(jmsProperty(header))}, ${double(value)})`;
}

/** An application defines each destination once. */
function receiver({ destination, selector }, isDefined) {
  const { kind, name, resource } = target(destination);
  const className = `${capitalized(nameOf(destination))}Receiver`;
  const properties = [
    ['destinationType', `jakarta.jms.${kind}`],
    ['destinationLookup', resource],
    ['resourceAdapter', 'imqjmsra'],
    ...(selector ? [['messageSelector', jmsSelector(selector)]] : []),
  ];
  return `// ${className}.java
${importLines([
  'jakarta.ejb.ActivationConfigProperty',
  'jakarta.ejb.EJBException',
  'jakarta.ejb.MessageDriven',
  ...(isDefined ? [] : ['jakarta.jms.JMSDestinationDefinition']),
  'jakarta.jms.JMSException',
  'jakarta.jms.Message',
  'jakarta.jms.MessageListener',
])}

${isDefined ? '' : `${definition(kind, name, resource)}\n`}@MessageDriven(activationConfig = {
${properties
  .map(
    ([property, value]) =>
      `    @ActivationConfigProperty(propertyName = ${double(property)}, propertyValue = ${double(value)})`,
  )
  .join(',\n')}
})
public class ${className} implements MessageListener {
    @Override
    public void onMessage(Message message) {
        try {
            System.out.println(message.getBody(String.class));
        } catch (JMSException e) {
            throw new EJBException(e); // not acknowledged: the message comes again
        }
    }
}
`;
}

function target(destination) {
  const kind = destination.startsWith('/queue/') ? 'Queue' : 'Topic';
  const name = jmsDestination(destination);
  return { kind, name, resource: `java:app/jms/${kind.toLowerCase()}-${name.replaceAll(/[^\w.]/g, '_')}` };
}

function definition(kind, name, resource) {
  return `@JMSDestinationDefinition(
        name = "${resource}",
        interfaceName = "jakarta.jms.${kind}",
        destinationName = ${double(name)},
        resourceAdapter = "imqjmsra")`;
}

const importLines = (names) =>
  names
    .sort()
    .map((name) => `import ${name};`)
    .join('\n');

/** Nothing but a number may get into the source without quotes. */
const number = (value) => `${/^\d{1,15}$/.test(value) ? Number(value) : 0}L`;

/** 4 is the usual one. */
const priority = (value) => (/^0*\d$/.test(value) ? Number(value) : 4);
