/** Texts and names as source code has them. */

/** A text in single quotes, for JavaScript. */
export function single(text) {
  return `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

/** A text in double quotes, for Java, which knows all escapes of JSON that JSON.stringify makes. */
export const double = (text) => JSON.stringify(text);

/** The last part of a destination as a name in Java: `/topic/news/sport-2` is `sport2`. */
export function nameOf(destination) {
  const words = (destination.split('/').filter(isName).at(-1) ?? '').split(/[^A-Za-z0-9]+/).filter(Boolean);
  const name = words.map((word, i) => (i === 0 ? word : capitalized(word))).join('');
  return /^[a-z]/i.test(name) && !KEYWORDS.has(name) ? name[0].toLowerCase() + name.slice(1) : 'messages';
}

export const capitalized = (word) => word[0].toUpperCase() + word.slice(1);

const isName = (segment) => segment !== '' && !segment.startsWith('*') && !segment.startsWith('{');

const KEYWORDS = new Set(
  `abstract assert boolean break byte case catch char class const continue default do double else enum extends false final
  finally float for goto if implements import instanceof int interface long native new null package private protected public
  return short static strictfp super switch synchronized this throw throws transient true try void volatile while`.split(/\s+/),
);
