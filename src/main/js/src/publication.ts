/** One SEND, until the server has confirmed it, and answered it if it is a question. */
import type { IMessage, IPublishParams, StompHeaders } from '@stomp/stompjs';
import { type Asked, freshId } from './link.js';
import { decode, encode } from './payload.js';
import { StompProblem } from './problem.js';

/** Where answers come to: a temporary queue, which the server makes for the connection when a SEND names it. */
export const REPLIES = '/temp-queue/replies';

/** The details of a problem are a message of their own, which comes before or after the receipt. */
const DETAILS_MILLIS = 1000;

/** What the server said. */
export interface Outcome {
  readonly receipt: StompHeaders;

  /** If it is a question. */
  readonly reply: IMessage | undefined;
}

export class Publication implements Asked {
  readonly id = freshId();
  readonly frame: IPublishParams;

  /** Rejects with a {@link StompProblem}. */
  readonly outcome: Promise<Outcome>;

  /** On how many connections it was sent. */
  sends = 0;

  readonly #isRequest: boolean;
  #receipt: StompHeaders | undefined;
  #reply: IMessage | undefined;
  #resolve!: (outcome: Outcome) => void;
  #reject!: (problem: StompProblem) => void;

  constructor(destination: string, payload: unknown, headers: StompHeaders, isRequest: boolean) {
    const { id } = this;
    const { headers: type, ...body } = encode(payload);
    this.#isRequest = isRequest;
    this.frame = {
      destination,
      ...body,
      headers: {
        // The same each time it is sent
        'x-idempotency-key': id,
        'correlation-id': id,
        ...type,
        ...headers,
        ...(isRequest && { 'correlation-id': id, 'reply-to': REPLIES }),
        receipt: id,
      },
    };
    this.outcome = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  /** Whether the server did not take it: its details may still come. */
  get isRefused(): boolean {
    return this.#receipt?.problem !== undefined;
  }

  /** Before it is sent on a new connection: a temporary queue ended with the one before. */
  beginAnew(): void {
    this.#receipt = this.#reply = undefined;
  }

  receipt(headers: StompHeaders): void {
    const { problem } = headers;
    this.#receipt = headers;
    if (problem) {
      setTimeout(() => this.refused(new StompProblem(problem)), DETAILS_MILLIS);
    }
    this.#settle();
  }

  replied(message: IMessage): void {
    this.#reply = message;
    this.#settle();
  }

  refused(problem: StompProblem): void {
    this.#reject(problem);
  }

  /** The receipt says whether the reply is one, or a problem. */
  #settle(): void {
    const receipt = this.#receipt;
    const reply = this.#reply;
    if (receipt?.problem) {
      if (reply) {
        this.refused(StompProblem.of(decode(reply)));
      }
    } else if (receipt && (reply || !this.#isRequest)) {
      this.#resolve({ receipt, reply });
    }
  }
}
