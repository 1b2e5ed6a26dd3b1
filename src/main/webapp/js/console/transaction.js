/** The transaction of the Send card: BEGIN, the SENDs that belong to it, and COMMIT or ABORT. */
import { byId } from '../view.js';

/** One at a time; it ends with the connection. */
export class Transaction {
  #connection;
  #id = null;
  #sends = 0;
  /** The text that was shown when COMMIT was sent, which has no receipt. */
  #committed = null;

  constructor(connection) {
    this.#connection = connection;
    byId('begin').addEventListener('click', () => this.begin());
    byId('commit').addEventListener('click', () => this.commit());
    byId('abort').addEventListener('click', () => {
      connection.abort(this.#id);
      this.#end('aborted: nothing was sent on');
    });
    connection.addEventListener('lost', () => {
      if (this.#id) {
        this.#end('aborted: the connection ended');
      }
    });
    connection.addEventListener('refused', ({ detail: { headers } }) => {
      if (this.#committed) {
        this.#show(`${this.#committed}, then an ERROR came: ${headers.message}`);
        this.#committed = null;
      }
    });
  }

  get isOpen() {
    return this.#id !== null;
  }

  /** Begins one, unless one is open. */
  begin() {
    if (!this.#id) {
      this.#id = this.#connection.begin();
      this.#sends = 0;
      this.#committed = null;
      this.#show(`${this.#id} is open: SENDs wait for COMMIT`);
    }
  }

  /** The header of a SEND that belongs to it: none if no transaction is open. Counts the SEND. */
  header() {
    if (!this.#id) {
      return {};
    }
    this.#sends++;
    this.#show(`${this.#id} is open with ${this.#counted()}`);
    return { transaction: this.#id };
  }

  /** Sends COMMIT; whether the server took it, only an ERROR tells. */
  commit() {
    this.#connection.commit(this.#id);
    this.#end(`COMMIT sent for ${this.#counted()}`);
    this.#committed = byId('transaction-state').textContent;
  }

  #counted() {
    return `${this.#sends} SEND${this.#sends === 1 ? '' : 's'}`;
  }

  #end(outcome) {
    const id = this.#id;
    this.#id = null;
    this.#show(`${id} ${outcome}`);
  }

  #show(text) {
    const focused = document.activeElement;
    byId('begin').hidden = this.isOpen;
    byId('commit').hidden = !this.isOpen;
    byId('abort').hidden = !this.isOpen;
    byId('transaction-state').textContent = text;
    if (focused === byId('begin')) {
      byId('commit').focus();
    } else if (!this.isOpen && [byId('commit'), byId('abort')].includes(focused)) {
      byId('begin').focus();
    }
  }
}
