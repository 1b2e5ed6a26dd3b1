/** Joins a document with those of other pages, over Stompline: that of text-doc.js, or a `Y.Doc` of Yjs. */
import { TextLedger } from './text-ledger.js';

const RETRY_MILLIS = 2000;
/** After so many updates one takes their place. */
const COMPACT_AFTER = 200;
/** A frame has at most 64 KiB, unless the server says otherwise. */
const MOST_OCTETS = 40_000;

/**
 * Sends what is changed here, and applies what others change. Whatever happens to the connection, nothing is lost: what
 * is not confirmed is sent again, and what was missed comes by the history of the topic or by a snapshot of the bean.
 *
 * Events: `change` (of the figures of this object), `entry` (detail: `client`, `number`, `position` and `outcome`),
 * `refused` (detail: the problem), `confirmed`.
 */
export class StomplineProvider extends EventTarget {
  ledger = new TextLedger();
  /** Behind the last update, as the server names it. */
  position = '';
  recovered = { true: 0, false: 0 };
  snapshots = 0;

  #functions;
  #doc;
  #stomp;
  #name;
  #subscription;
  /** Whether others are missing in front of what comes, until the next snapshot. */
  #isBehind = false;
  /** Updates of this page that were not sent yet. */
  #unsent = [];
  #isSending = false;
  #number = 0;
  #uncompacted = 0;

  /**
   * @param {{applyUpdate: function, encodeStateAsUpdate: function, mergeUpdates: function}} functions of the library
   * @param doc its document
   * @param {{subscribe: function, publish: function}} stomp as stompline.js gives it
   * @param {string} name of the text
   */
  constructor(functions, doc, stomp, name) {
    super();
    this.#functions = functions;
    this.#doc = doc;
    this.#stomp = stomp;
    this.#name = name;
    doc.on('update', (update, origin) => {
      if (origin !== this) {
        this.#unsent.push(update);
        this.#send();
        this.#tell('change');
      }
    });
  }

  /** Whether everything that was changed here is on the disk of the server. */
  get isConfirmed() {
    return !this.#isSending && this.#unsent.length === 0;
  }

  /** Begins; and once more if `stomp` was closed and is another connection now. */
  subscribe() {
    this.#subscription = this.#stomp.subscribe(
      `/topic/text/${this.#name}`,
      (value, { headers }) => this.#take(value, headers),
      {
        onRecovered: (recovered) => {
          this.recovered[recovered]++;
          this.#tell('change');
        },
        // The message broker was away: a new subscription begins with a snapshot.
        onDropped: () => {
          this.#isBehind = true;
          this.#subscription.unsubscribe();
          this.subscribe();
        },
      },
    );
  }

  #take(value, headers) {
    if (headers.snapshot) {
      this.#read(value);
    } else if (!this.#isBehind) {
      this.#apply(value, headers);
    }
  }

  #read({ numbers, updates }) {
    this.snapshots++;
    this.#isBehind = false;
    this.ledger.snapshot(numbers);
    for (const update of updates) {
      const octets = Uint8Array.from(atob(update), (octet) => octet.charCodeAt(0));
      this.#functions.applyUpdate(this.#doc, octets, this);
    }
    this.#uncompacted = updates.length;
    this.#tell('change');
    this.#compact();
  }

  /** What is marked `redelivered` may have been in a snapshot: so stompline.js does not know its id. */
  #apply(octets, { client, number, again, redelivered, 'x-stream-offset': position }) {
    this.position = position ?? '';
    const outcome = this.ledger.update(client, Number(number), again === 'true', redelivered === 'true');
    this.#functions.applyUpdate(this.#doc, octets, this);
    this.#tell('entry', { client, number, position, outcome });
    this.#tell('change');
    this.#uncompacted++;
    this.#compact();
  }

  /** One after the other, so that they keep their order; what is changed meanwhile goes together. */
  async #send() {
    if (this.#isSending) {
      return;
    }
    this.#isSending = true;
    while (this.#unsent.length > 0) {
      const update = this.#functions.mergeUpdates(this.#nextUnsent());
      const headers = { client: String(this.#doc.clientID), number: String(++this.#number) };
      await this.#sendUntilConfirmed(`/app/text/${this.#name}`, update, headers);
    }
    this.#isSending = false;
    this.#tell('change');
  }

  /** As many as fit into a frame; at least one. */
  #nextUnsent() {
    let octets = 0;
    const fits = this.#unsent.findIndex(({ length }, i) => (octets += length) > MOST_OCTETS && i > 0);
    return this.#unsent.splice(0, fits < 0 ? this.#unsent.length : fits);
  }

  async #sendUntilConfirmed(destination, update, headers) {
    for (;;) {
      try {
        // Sends it again by itself on the next connection, with the same key
        await this.#stomp.publish(destination, update, headers);
        this.#tell('confirmed');
        return;
      } catch (problem) {
        this.#tell('refused', problem);
        await new Promise((passed) => setTimeout(passed, RETRY_MILLIS));
      }
    }
  }

  /** Gives the server one update for many. If another page was faster, the bean knows. */
  #compact() {
    if (this.#uncompacted > COMPACT_AFTER && this.ledger.gaps === 0) {
      this.#uncompacted = 0;
      const octets = this.#functions.encodeStateAsUpdate(this.#doc);
      if (octets.length > MOST_OCTETS) {
        return;
      }
      const update = btoa(Array.from(octets, (octet) => String.fromCharCode(octet)).join(''));
      const compacted = { numbers: this.ledger.numbers, update };
      // Without it the snapshot is larger, and no more: the next one is after as many updates.
      this.#stomp.publish(`/app/text/${this.#name}/compact`, compacted).catch(() => {});
    }
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
