/** What the page sends: kept until the server has confirmed it, over as many connections as that takes. */
import type { IMessage, StompHeaders } from '@stomp/stompjs';
import type { Link } from './link.js';
import { decode } from './payload.js';
import { StompProblem } from './problem.js';
import { type Outcome, Publication } from './publication.js';

/** A frame after which the connection ended so often is taken for the reason. */
const MAX_SENDS = 5;

export class Outbox {
  readonly #link: Link;
  readonly #maxWaiting: number;

  /** By id, in the order in which they were made. */
  readonly #publications = new Map<string, Publication>();

  constructor(link: Link, maxWaiting: number) {
    this.#link = link;
    this.#maxWaiting = maxWaiting;
  }

  /** Resolves with the headers of the receipt. */
  async publish(destination: string, payload: unknown, headers: StompHeaders): Promise<StompHeaders> {
    return (await this.#outcome(new Publication(destination, payload, headers, false))).receipt;
  }

  /** Resolves with the value of the reply. */
  async request(destination: string, payload: unknown, headers: StompHeaders, millis: number): Promise<unknown> {
    const question = new Publication(destination, payload, headers, true);
    const late = new StompProblem('timed out', [`no answer from ${destination} within ${millis} ms`]);
    const timer = setTimeout(() => question.refused(late), millis);
    try {
      const { reply } = await this.#outcome(question);
      return reply && decode(reply);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Sends what waits, and once more what the last connection did not confirm. */
  connected(): void {
    for (const publication of this.#publications.values()) {
      if (!publication.isRefused) {
        publication.beginAnew();
        this.#send(publication);
      }
    }
  }

  replied(message: IMessage): void {
    this.#publications.get(message.headers['correlation-id'] ?? '')?.replied(message);
  }

  closed(): void {
    for (const publication of this.#publications.values()) {
      publication.refused(new StompProblem('closed'));
    }
  }

  async #outcome(publication: Publication): Promise<Outcome> {
    const { id } = publication;
    if (this.#link.client.connected) {
      this.#publications.set(id, publication);
      this.#send(publication);
    } else if (this.#publications.size < this.#maxWaiting) {
      this.#publications.set(id, publication);
    } else {
      throw new StompProblem('too much waits', [`not connected, and ${this.#maxWaiting} messages wait already`]);
    }
    try {
      return await publication.outcome;
    } finally {
      this.#publications.delete(id);
      this.#link.settled(id);
    }
  }

  #send(publication: Publication): void {
    if (publication.sends++ < MAX_SENDS) {
      this.#link.ask(publication.id, publication);
      this.#link.client.publish(publication.frame);
    } else {
      publication.refused(new StompProblem('not confirmed', [`the connection ended ${MAX_SENDS} times after it was sent`]));
    }
  }
}
