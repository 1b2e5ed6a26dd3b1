/**
 * A text that several people change at once without a server that knows it (a CRDT, of the kind RGA). Updates may come
 * in any order and more than once: whoever has the same updates has the same text. It is small enough to read; its
 * functions are called as those of Yjs, so that {@link StomplineProvider} takes either.
 */

/** One character: `clock` and `client` are its name, `after` the name of the one that it was written behind, or 0. */
class Character {
  constructor(properties) {
    Object.assign(this, properties);
  }

  /** Of characters that were written behind the same one, the later one comes first. */
  isBefore(other) {
    return this.clock > other.clock || (this.clock === other.clock && this.client > other.client);
  }
}

const keyOf = (clock, client) => `${clock} ${client}`;
const encode = (operations) => new TextEncoder().encode(JSON.stringify(operations));
const decode = (update) => JSON.parse(new TextDecoder().decode(update));

/** With the deleted ones. No page writes more, and a page that holds more is slow. */
const MOST_CHARACTERS = 50_000;

/*
 * An operation is [clock, client, after, text]: characters one behind the other, the first of that name; or with a
 * number in the place of the text, so many characters that are deleted.
 */
function isOperation(operation) {
  if (!Array.isArray(operation)) {
    return false;
  }
  const [clock, client, after, text] = operation;
  const length = typeof text === 'string' ? text.length : text;
  return (
    [clock, client].every(Number.isSafeInteger) &&
    (after === 0 || (Array.isArray(after) && after.length === 2 && after.every(Number.isSafeInteger))) &&
    Number.isSafeInteger(length) &&
    length <= MOST_CHARACTERS
  );
}

/** What of an update of another page is one: the server keeps whatever it is sent. */
function operationsOf(update) {
  try {
    return [decode(update)].flat().filter(isOperation);
  } catch {
    return [];
  }
}

/** The text of one page. */
export class TextDoc {
  /** The name of this page among the others. */
  clientID = crypto.getRandomValues(new Uint32Array(1))[0];

  /** In their order, the deleted ones too. */
  #characters = [];
  #byKey = new Map();
  /** The highest one that was seen: what is written next is later. */
  #clock = 0;
  /** Operations behind characters that have not come yet. */
  #waiting = [];
  #listeners = [];

  /** Calls `listener` with each update, octets, and with where it came from: undefined for this page. */
  on(_type, listener) {
    this.#listeners.push(listener);
  }

  toString() {
    return this.#visible()
      .map(({ text }) => text)
      .join('');
  }

  /** Puts a text into the place of `length` characters. */
  replace(at, length, text) {
    const visible = this.#visible();
    const operations = runsOf(visible.slice(at, at + length).map((character) => ({ ...character, isDeleted: true })));
    if (text) {
      const before = visible[at - 1];
      operations.push([this.#clock + 1, this.clientID, before ? [before.clock, before.client] : 0, text]);
    }
    if (operations.length > 0) {
      this.apply(operations);
    }
  }

  apply(operations, origin) {
    let open = [...this.#waiting, ...operations];
    for (let before = Infinity; open.length < before; ) {
      before = open.length;
      open = open.filter((operation) => !this.#carryOut(operation));
    }
    this.#waiting = open;
    this.#listeners.forEach((listener) => listener(encode(operations), origin));
  }

  /** Everything, as operations. */
  operations() {
    const byName = [...this.#characters].sort((a, b) => a.client - b.client || a.clock - b.clock);
    return [...runsOf(byName), ...this.#waiting];
  }

  #visible() {
    return this.#characters.filter(({ isDeleted }) => !isDeleted);
  }

  /** False if it is behind a character that has not come. */
  #carryOut([clock, client, after, text]) {
    if (after && !this.#byKey.has(keyOf(...after))) {
      return false;
    }
    const isDeleted = typeof text === 'number';
    for (let i = 0; i < (isDeleted ? text : text.length); i++) {
      const behind = i === 0 ? after : [clock + i - 1, client];
      this.#insert(new Character({ clock: clock + i, client, after: behind, text: isDeleted ? '' : text[i], isDeleted }));
    }
    return true;
  }

  /** Does nothing if it is there, but for deleting it. */
  #insert(character) {
    const { clock, client, after, isDeleted } = character;
    const key = keyOf(clock, client);
    const known = this.#byKey.get(key);
    if (known) {
      known.isDeleted ||= isDeleted;
      return;
    }
    if (this.#characters.length === MOST_CHARACTERS) {
      return;
    }
    let at = after ? this.#characters.indexOf(this.#byKey.get(keyOf(...after))) + 1 : 0;
    while (at < this.#characters.length && this.#characters[at].isBefore(character)) {
      at++;
    }
    this.#characters.splice(at, 0, character);
    this.#byKey.set(key, character);
    this.#clock = Math.max(this.#clock, clock);
  }
}

/** As few operations as can be: what one page wrote one after the other is one. */
function runsOf(characters) {
  const runs = [];
  let last;
  for (const character of characters) {
    const { clock, client, after, text, isDeleted } = character;
    const follows =
      last?.client === client && last.clock + 1 === clock && after[0] === last.clock && after[1] === client;
    if (follows && last.isDeleted === isDeleted) {
      runs.at(-1)[3] += isDeleted ? 1 : text;
    } else {
      runs.push([clock, client, after, isDeleted ? 1 : text]);
    }
    last = character;
  }
  return runs;
}

/** Takes an update of another page. */
export function applyUpdate(doc, update, origin) {
  doc.apply(operationsOf(update), origin);
}

/** One update that has the effect of all that the text was made of. */
export const encodeStateAsUpdate = (doc) => encode(doc.operations());

/** One update that has the effect of several. */
export const mergeUpdates = (updates) => encode(updates.flatMap(decode));
