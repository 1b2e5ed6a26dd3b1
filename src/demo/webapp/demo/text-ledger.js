/** Of more clients the numbers of those that were silent for longest are forgotten. */
const MOST_CLIENTS = 300;

/** Whether each update came once and in order: an append-only list of what came, and what is wrong with it. */
export class TextLedger {
  /** Updates that came one by one. */
  received = 0;
  /** Numbers that were passed over. */
  gaps = 0;
  /** Numbers that came twice. */
  doubles = 0;
  /** Numbers that came twice and are marked: published twice, or sent by two servers. */
  again = 0;

  /** The last number of each client that is known, the one that changed last at the end. */
  #last = new Map();
  /** Clients of which an update came since the last snapshot: from then on nothing may be in both. */
  #live = new Set();
  /** Marked ones that came first: the one without a mark may still come. */
  #early = new Set();

  /** Whether there are clients whose last number is not known. */
  #forgets = false;

  /** The last number of each client. */
  get numbers() {
    return Object.fromEntries([...this.#last].slice(-MOST_CLIENTS));
  }

  /** A snapshot has everything up to those numbers. What is published meanwhile may be in it and come all the same. */
  snapshot(numbers) {
    for (const [client, number] of Object.entries(numbers)) {
      this.gaps += Math.max(0, (this.#last.get(client) ?? 0) - number);
      this.#set(client, number);
    }
    this.#live.clear();
    this.#early.clear();
    this.#forgets = Object.keys(numbers).length >= MOST_CLIENTS;
  }

  /**
   * One update; whether it is new, `in the snapshot`, `again`, `double`, or comes behind a `gap`.
   *
   * @param isAgain whether the bean marks it, which may publish it twice
   * @param isRedelivered whether the server marks it: it may have come on another server, or be in the snapshot
   */
  update(client, number, isAgain, isRedelivered = false) {
    this.received++;
    const last = this.#last.get(client) ?? (this.#forgets ? number - 1 : 0);
    const isLive = this.#live.has(client);
    const name = `${client} ${number}`;
    if (number > last) {
      this.#set(client, number);
      this.#live.add(client);
      if (isAgain) {
        this.#early.add(name);
      }
      this.gaps += number - last - 1;
      return number === last + 1 ? 'new' : 'gap';
    }
    if (!isLive) {
      // The first one of this client since the snapshot: the others have to follow it.
      this.#set(client, number);
      this.#live.add(client);
      return 'in the snapshot';
    }
    if (isAgain || isRedelivered || this.#early.delete(name)) {
      this.again++;
      return 'again';
    }
    this.doubles++;
    return 'double';
  }

  #set(client, number) {
    this.#last.delete(client);
    this.#last.set(client, number);
  }
}
