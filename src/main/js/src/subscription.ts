/** A subscription that outlives connections. */
import type { IMessage, StompHeaders } from '@stomp/stompjs';
import { type Asked, freshId, type Link } from './link.js';
import { decode } from './payload.js';
import type { StompProblem } from './problem.js';

/** Ids of messages that a subscription remembers, to know doubles: more than come within the 10 s in which there may be some. */
const REMEMBERED = 1000;

const POSITION = 'x-stream-offset';

/** What a subscription may ask for, and be told of. */
export interface SubscribeOptions {
  /** Headers of the SUBSCRIBE, such as `selector` or `ack`. */
  headers?: StompHeaders;

  /**
   * Where to begin in the history of the topic, if the server keeps one: `last=20`, `last`, `first`, `timestamp=<seconds since
   * 1970>`, or `next` for new messages only.
   */
  from?: string;

  /**
   * Called each time the subscription was made again after the connection had been lost: with `true` if nothing is missing;
   * with `false` if that is not so, or not known, and what the page shows should be loaded anew.
   */
  onRecovered?(recovered: boolean): void;

  /** Called before a message in front of which others were left out because this client was too slow; `NaN` if unknown how many. */
  onDropped?(count: number): void;

  /** Called when the server refuses the subscription, which is over then. Without it `onProblem` of the connection is called. */
  onRefused?(problem: StompProblem): void;
}

/** What {@link Stompline.subscribe} gives. */
export interface Subscription {
  /** Ends it, at the server as well; headers are those of the UNSUBSCRIBE. */
  unsubscribe(headers?: StompHeaders): void;
}

/** Called with the value of the body, see {@link decode}, and the message: its headers, `ack()` and `nack()`. */
export type OnMessage<T> = (value: T, message: IMessage) => void;

export class LastingSubscription<T> implements Asked {
  /** In SUBSCRIBE and its RECEIPT, on every connection. */
  readonly #id = freshId();

  readonly #link: Link;
  readonly #destination: string;
  readonly #onMessage: OnMessage<T>;
  readonly #options: SubscribeOptions;
  readonly #onRefused: (problem: StompProblem) => void;
  readonly #seen = new Set<string>();

  /** Behind the last message, as far as the server keeps a history. */
  #position: string | undefined;

  #made = false;

  constructor(
    link: Link,
    destination: string,
    onMessage: OnMessage<T>,
    options: SubscribeOptions,
    onRefused: (problem: StompProblem) => void,
  ) {
    this.#link = link;
    this.#destination = destination;
    this.#onMessage = onMessage;
    this.#options = options;
    this.#onRefused = onRefused;
  }

  /** Subscribes on the connection that is open. */
  open(): void {
    const id = this.#id;
    const from = this.#position ? `after=${this.#position}` : !this.#made && this.#options.from;
    this.#link.ask(id, this);
    this.#link.client.subscribe(this.#destination, (message) => this.#received(message), {
      id,
      receipt: id,
      // Of a message that tells of a refusal, where the server does not end the connection
      'correlation-id': id,
      ...(from && { [POSITION]: from }),
      ...this.#options.headers,
    });
  }

  close(headers?: StompHeaders): void {
    this.#link.settled(this.#id);
    if (this.#link.client.connected) {
      this.#link.client.unsubscribe(this.#id, headers);
    }
  }

  receipt(headers: StompHeaders): void {
    this.#link.settled(this.#id);
    // Else what is replayed comes first, up to that position.
    if (!Number(headers['x-replayed'])) {
      this.#position = headers[POSITION];
    }
    if (this.#made) {
      this.#options.onRecovered?.(headers['x-recovered'] === 'true');
    }
    this.#made = true;
  }

  refused(problem: StompProblem): void {
    this.#onRefused(problem);
  }

  #received(message: IMessage): void {
    const { headers } = message;
    if (!this.#isDouble(headers)) {
      const dropped = headers['x-dropped'];
      if (dropped) {
        this.#options.onDropped?.(Number(dropped));
      }
      this.#onMessage(decode(message) as T, message);
    }
  }

  /** Notes the message. Only a topic with history has positions: what a queue gives again is not done yet. */
  #isDouble(headers: StompHeaders): boolean {
    const position = headers[POSITION];
    if (!position) {
      return false;
    }
    const id = headers['message-id'] ?? '';
    const isSeen = this.#seen.has(id);
    this.#seen.add(id);
    if (this.#seen.size > REMEMBERED) {
      this.#seen.delete(this.#seen.values().next().value as string);
    }
    const isBefore = this.#isBefore(position);
    if (!isBefore) {
      this.#position = position;
    }
    return isBefore || (isSeen && headers.redelivered === 'true');
  }

  /** Whether the node that numbered the last message gave this number before. Topics of a pattern come in any order. */
  #isBefore(position: string): boolean {
    const [node, number] = position.split('.');
    const [lastNode, lastNumber] = (this.#position ?? '').split('.');
    return node === lastNode && Number(number) <= Number(lastNumber) && !this.#destination.includes('*');
  }
}
