/**
 * A text that several people change at once without a server that knows it (a CRDT, of the kind RGA). Updates may come
 * in any order and more than once: whoever has the same updates has the same text. It is small enough to read; its
 * functions are called as those of Yjs, so that {@link StomplineProvider} takes either.
 */

/** One character: `clock` and `client` are its name, `after` the name of the one that it was written behind. */
class Character {
  constructor({ clock, client, after, text }) {
    Object.assign(this, { clock, client, after, text, isDeleted: false });
  }

  /** Of characters that were written behind the same one, the later one comes first. */
  isBefore(other) {
    return this.clock > other.clock || (this.clock === other.clock && this.client > other.client);
  }
}

const keyOf = (clock, client) => `${clock} ${client}`;
const encode = (operations) => new TextEncoder().encode(JSON.stringify(operations));
const decode = (update) => JSON.parse(new TextDecoder().decode(update));

/** The text of one page. */
export class TextDoc {
  /** The name of this page among the others. */
  clientID = crypto.getRandomValues(new Uint32Array(1))[0];

  /** In their order, the deleted ones too. */
  #characters = [];
  #byKey = new Map();
  /** The highest one that was seen: what is written next is later. */
  #clock = 0;
  /** Operations on characters that have not come yet. */
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
    const operations = visible.slice(at, at + length).map(({ clock, client }) => ({ clock, client, gone: 1 }));
    if (text) {
      const before = visible[at - 1];
      const after = before ? [before.clock, before.client] : null;
      operations.push({ clock: this.#clock + 1, client: this.clientID, after, text });
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

  /** Everything, as operations: what was written one after the other by one page is one. */
  operations() {
    const runs = [];
    for (const character of [...this.#characters].sort((a, b) => a.client - b.client || a.clock - b.clock)) {
      const { clock, client, after, isDeleted } = character;
      const text = isDeleted ? ' ' : character.text;
      const last = runs.at(-1);
      if (last?.client === client && last.next === clock && after?.[0] === clock - 1 && after[1] === client) {
        last.text += text;
        last.next++;
      } else {
        runs.push({ clock, client, after, text, next: clock + 1 });
      }
    }
    const deleted = this.#characters.filter(({ isDeleted }) => isDeleted);
    return [
      ...runs.map(({ clock, client, after, text }) => ({ clock, client, after, text })),
      ...deleted.map(({ clock, client }) => ({ clock, client, gone: 1 })),
      ...this.#waiting,
    ];
  }

  #visible() {
    return this.#characters.filter(({ isDeleted }) => !isDeleted);
  }

  /** False if it is about a character that has not come. */
  #carryOut({ clock, client, after, text, gone }) {
    if (gone) {
      const character = this.#byKey.get(keyOf(clock, client));
      if (character) {
        character.isDeleted = true;
      }
      return Boolean(character);
    }
    if (after && !this.#byKey.has(keyOf(...after))) {
      return false;
    }
    for (let i = 0; i < text.length; i++) {
      const behind = i === 0 ? after : [clock + i - 1, client];
      this.#insert(new Character({ clock: clock + i, client, after: behind, text: text[i] }));
    }
    return true;
  }

  #insert(character) {
    const { clock, client, after } = character;
    const key = keyOf(clock, client);
    if (this.#byKey.has(key)) {
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

/** Takes an update of another page. */
export function applyUpdate(doc, update, origin) {
  doc.apply(decode(update), origin);
}

/** One update that has the effect of all that the text was made of. */
export const encodeStateAsUpdate = (doc) => encode(doc.operations());

/** One update that has the effect of several. */
export const mergeUpdates = (updates) => encode(updates.flatMap(decode));
