/** How Jakarta Messaging calls destinations, headers and what a selector names. */

const FIELDS = {
  'content-type': 'stompline_content_type',
  'correlation-id': 'JMSCorrelationID',
  priority: 'JMSPriority',
  timestamp: 'JMSTimestamp',
  type: 'JMSType',
};

/** The name of a topic or queue: `/topic/news/sport-2` is `news.sport$002d2`. */
export function jmsDestination(destination) {
  const [, , ...segments] = destination.split('/');
  return segments.map((segment, i) => (/^\*+$/.test(segment) ? segment : escaped(segment, i === 0))).join('.');
}

/** The property that a header becomes. */
export const jmsProperty = (header) => escaped(header, true);

/** A selector over STOMP's names as one over those of Jakarta Messaging. */
export function jmsSelector(selector) {
  return selector.replace(/'[^']*'|"([^"]*)"|[A-Za-z_$][\w$]*/g, (part, quoted) => {
    if (part.startsWith("'")) {
      return part;
    }
    const name = quoted ?? part;
    return Object.hasOwn(FIELDS, name) ? FIELDS[name] : quoted === undefined ? part : jmsProperty(name);
  });
}

/** A character that Java has not in identifiers is written as `$` and its number. */
function escaped(text, fromStart) {
  return text.replace(/[^\p{L}\p{Nl}\p{Sc}\p{Pc}]/gu, (character, at) =>
    /\p{Nd}|\p{Mn}|\p{Mc}/u.test(character) && !(fromStart && at === 0) ? character : hexadecimal(character),
  );
}

function hexadecimal(character) {
  return character
    .split('')
    .map((unit) => `$${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}
